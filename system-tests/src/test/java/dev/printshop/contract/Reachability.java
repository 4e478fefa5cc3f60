package dev.printshop.contract;

import dev.printshop.contract.MethodBody.Call;
import dev.printshop.contract.MethodBody.Dispatch;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The methods of application classes that a handler can run, found by rapid type analysis: a virtual call reaches only
 * methods of instantiated classes, and callbacks of libraries (implementations of their interfaces, lambdas) count as
 * called once they exist. It may find too many methods, but never too few, except for reflection.
 *
 * @see <a href="https://doi.org/10.1145/236337.236371">D. F. Bacon, P. F. Sweeney: Fast static analysis of C++ virtual
 *     function calls, OOPSLA 1996</a>
 */
public final class Reachability {

    private final Code code;
    private final Set<String> reached = new HashSet<>();
    private final Set<String> instantiated = new LinkedHashSet<>();
    private final Set<Call> virtualCalls = new LinkedHashSet<>();
    private final Deque<MethodBody> pending = new ArrayDeque<>();

    private final Set<String> environmentVariables = new TreeSet<>();
    private final Set<String> constants = new TreeSet<>();
    private final Set<String> callTimeouts = new TreeSet<>();
    private final Set<LibraryCall> libraryCalls = new LinkedHashSet<>();

    /**
     * A call of a library method.
     *
     * @param owner the class's name
     * @param method the method's name
     */
    public record LibraryCall(String owner, String method) {}

    Reachability(Code code, String handler) {
        this.code = code;
        instantiate(handler);
        reach(handler, "<init>()V");
        while (!pending.isEmpty()) {
            follow(pending.removeFirst());
        }
    }

    /** The names of the environment variables that are read. */
    public Set<String> environmentVariables() {
        return environmentVariables;
    }

    /** All texts in the code. */
    public Set<String> constants() {
        return constants;
    }

    /** The constants, as {@code class.field}, that limit the calls of AWS clients. */
    public Set<String> callTimeouts() {
        return callTimeouts;
    }

    public Set<LibraryCall> libraryCalls() {
        return libraryCalls;
    }

    private void follow(MethodBody body) {
        environmentVariables.addAll(body.environmentReads());
        constants.addAll(body.constants());
        body.callTimeouts().stream()
                .filter(timeout -> !timeout.equals(MethodBody.PARAMETER))
                .forEach(callTimeouts::add);
        body.instantiated().forEach(this::instantiate);
        body.staticUses().forEach(this::initialise);
        body.calls().forEach(this::call);
    }

    private void call(Call call) {
        if (!Code.isApplicationCode(call.owner())) {
            libraryCalls.add(new LibraryCall(call.owner().replace('/', '.'), call.name()));
            return;
        }
        initialise(call.owner());
        // Also for a virtual call: a lambda may implement the owner and run its default methods.
        resolve(call.owner(), call.signature()).ifPresent(owner -> reach(owner, call));
        if (call.dispatch() == Dispatch.VIRTUAL && virtualCalls.add(call)) {
            instantiated.forEach(type -> dispatch(call, type));
        }
    }

    private void dispatch(Call call, String type) {
        if (load(call.owner()).isAssignableFrom(load(type))) {
            resolve(type, call.signature()).ifPresent(owner -> reach(owner, call));
        }
    }

    private void instantiate(String type) {
        if (!Code.isApplicationCode(type) || !instantiated.add(type)) {
            return;
        }
        initialise(type);
        virtualCalls.forEach(call -> dispatch(call, type));
        for (Class<?> parent : parents(load(type))) {
            if (!Code.isApplicationCode(internalName(parent))) {
                for (Method method : parent.getDeclaredMethods()) {
                    if (!Modifier.isStatic(method.getModifiers()) && !Modifier.isPrivate(method.getModifiers())) {
                        String signature = signature(method);
                        resolve(type, signature).ifPresent(owner -> reach(owner, signature));
                    }
                }
            }
        }
    }

    private void initialise(String type) {
        if (Code.isApplicationCode(type)) {
            reach(type, "<clinit>()V");
        }
    }

    /** Only the direct callers of a method with a timeout as its parameter are expected to have the constant. */
    private void reach(String owner, Call call) {
        reach(owner, call.signature());
        MethodBody body = code.bodies(owner).get(call.signature());
        if (body != null && body.callTimeouts().contains(MethodBody.PARAMETER)) {
            boolean isConstant = !call.lastArgument().equals(MethodBody.PARAMETER);
            callTimeouts.add(isConstant ? call.lastArgument() : MethodBody.COMPUTED_TIMEOUT);
        }
    }

    private void reach(String owner, String signature) {
        MethodBody body = code.bodies(owner).get(signature);
        if (body != null && reached.add(owner + "." + signature)) {
            pending.add(body);
        }
    }

    /** The application class that declares the method of a class: itself, its superclasses, then the interfaces. */
    private Optional<String> resolve(String type, String signature) {
        return parents(load(type)).stream()
                .map(Reachability::internalName)
                .filter(Code::isApplicationCode)
                .filter(parent -> code.bodies(parent).containsKey(signature))
                .findFirst();
    }

    /** The class itself, its superclasses from the nearest on, and all of their interfaces. */
    private static Set<Class<?>> parents(Class<?> type) {
        Set<Class<?>> parents = new LinkedHashSet<>();
        for (Class<?> parent = type; parent != null; parent = parent.getSuperclass()) {
            parents.add(parent);
        }
        for (Class<?> parent : Set.copyOf(parents)) {
            addInterfaces(parent, parents);
        }
        return parents;
    }

    private static void addInterfaces(Class<?> type, Set<Class<?>> parents) {
        for (Class<?> parent : type.getInterfaces()) {
            parents.add(parent);
            addInterfaces(parent, parents);
        }
    }

    private Class<?> load(String internalName) {
        return code.find(internalName.replace('/', '.'))
                .orElseThrow(() -> new IllegalStateException("There is no class " + internalName));
    }

    private static String internalName(Class<?> type) {
        return type.getName().replace('.', '/');
    }

    private static String signature(Method method) {
        return method.getName()
                + MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                        .toMethodDescriptorString();
    }
}
