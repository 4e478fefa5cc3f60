package dev.printshop.contract;

import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.ConstantInstruction.LoadConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LoadInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.StoreInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * The content of a method's code that is relevant for the rules.
 *
 * @param calls the methods that it calls, or refers to by a lambda or method reference
 * @param instantiated the classes, by internal name, that it instantiates
 * @param staticUses the classes whose static fields it uses
 * @param constants its texts
 * @param environmentReads the environment variables that it reads
 * @param callTimeouts the constants, as {@code class.field}, that limit the calls of its AWS clients; {@link
 *     #PARAMETER} for a limit that is the method's last parameter
 */
record MethodBody(
        List<Call> calls,
        List<String> instantiated,
        List<String> staticUses,
        List<String> constants,
        List<String> environmentReads,
        List<String> callTimeouts) {

    /** Represents the name of an environment variable that isn't a constant where it is read. */
    static final String COMPUTED_NAME = "(a computed name)";

    /** Represents a call timeout that isn't a static field. */
    static final String COMPUTED_TIMEOUT = "(a computed timeout)";

    /** Represents a call timeout that is the last parameter of the method, so that its callers have the constant. */
    static final String PARAMETER = "(a parameter)";

    private static final String AWS_CLIENTS = "dev/printshop/shared/aws/AwsClients";

    private static final String ENVIRONMENT = "dev/printshop/shared/configuration/Environment";

    /** How a method is chosen. */
    enum Dispatch {
        STATIC,
        SPECIAL,
        VIRTUAL
    }

    /**
     * A call.
     *
     * @param owner the class in the call instruction, by internal name
     * @param signature name and descriptor
     * @param lastArgument the static field, as {@code class.field}, that is the last argument; {@link #PARAMETER} for
     *     the last parameter of the caller, {@link #COMPUTED_TIMEOUT} for anything else
     */
    record Call(Dispatch dispatch, String owner, String name, String signature, String lastArgument) {}

    static MethodBody of(String owner, CodeModel code) {
        MethodBody body = new MethodBody(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        OptionalInt lastParameter = slotOfLastParameter(code);
        List<Instruction> before = new ArrayList<>();
        for (CodeElement element : code) {
            if (element instanceof Instruction instruction) {
                body.add(owner, instruction, before, lastParameter);
                before.add(instruction);
            }
        }
        return body;
    }

    private void add(String owner, Instruction instruction, List<Instruction> before, OptionalInt lastParameter) {
        switch (instruction) {
            case InvokeInstruction invoke -> {
                Call call = call(invoke, lastArgument(before, lastParameter));
                calls.add(call);
                if (call.owner().equals(ENVIRONMENT) && !owner.equals(ENVIRONMENT) && takesName(call)) {
                    environmentReads.add(
                            firstArgument(before, invoke.typeSymbol().parameterCount()));
                }
                if (call.owner().equals(AWS_CLIENTS) && call.name().startsWith("create")) {
                    callTimeouts.add(call.lastArgument());
                }
            }
            case InvokeDynamicInstruction dynamic -> dynamic.bootstrapArgs().forEach(this::addMethodHandle);
            case NewObjectInstruction creation ->
                instantiated.add(creation.className().asInternalName());
            case FieldInstruction field
            when field.opcode() == Opcode.GETSTATIC || field.opcode() == Opcode.PUTSTATIC ->
                staticUses.add(field.owner().asInternalName());
            case LoadConstantInstruction constant
            when constant.constantValue() instanceof String text -> constants.add(text);
            default -> {}
        }
    }

    private static Call call(InvokeInstruction invoke, String lastArgument) {
        Dispatch dispatch = switch (invoke.opcode()) {
            case INVOKESTATIC -> Dispatch.STATIC;
            case INVOKESPECIAL -> Dispatch.SPECIAL;
            default -> Dispatch.VIRTUAL;
        };
        String name = invoke.name().stringValue();
        return new Call(
                dispatch,
                invoke.owner().asInternalName(),
                name,
                name + invoke.type().stringValue(),
                lastArgument);
    }

    private void addMethodHandle(ConstantDesc argument) {
        if (argument instanceof DirectMethodHandleDesc handle && isMethod(handle)) {
            String owner = internalName(handle.owner());
            Dispatch dispatch = switch (handle.kind()) {
                case STATIC, INTERFACE_STATIC -> Dispatch.STATIC;
                case SPECIAL, INTERFACE_SPECIAL, CONSTRUCTOR -> Dispatch.SPECIAL;
                default -> Dispatch.VIRTUAL;
            };
            boolean constructor = handle.kind() == DirectMethodHandleDesc.Kind.CONSTRUCTOR;
            if (constructor) {
                instantiated.add(owner);
            }
            String name = constructor ? "<init>" : handle.methodName();
            calls.add(new Call(dispatch, owner, name, name + handle.lookupDescriptor(), COMPUTED_TIMEOUT));
        }
    }

    private static boolean isMethod(DirectMethodHandleDesc handle) {
        return handle.lookupDescriptor().startsWith("(");
    }

    private static String internalName(ClassDesc type) {
        String descriptor = type.descriptorString();
        return descriptor.startsWith("L") ? descriptor.substring(1, descriptor.length() - 1) : descriptor;
    }

    private static boolean takesName(Call call) {
        return call.signature().startsWith(call.name() + "(Ljava/lang/String;");
    }

    /** The last argument of a call, from the instructions before the call. */
    private static String lastArgument(List<Instruction> before, OptionalInt lastParameter) {
        if (before.isEmpty()) {
            return COMPUTED_TIMEOUT;
        }
        return switch (before.getLast()) {
            case FieldInstruction field
            when field.opcode() == Opcode.GETSTATIC ->
                field.owner().asInternalName().replace('/', '.')
                        + "."
                        + field.name().stringValue();
            case LoadInstruction load
            when lastParameter.equals(OptionalInt.of(load.slot())) && !isAssigned(load.slot(), before) -> PARAMETER;
            default -> COMPUTED_TIMEOUT;
        };
    }

    private static boolean isAssigned(int slot, List<Instruction> before) {
        return before.stream().anyMatch(earlier -> earlier instanceof StoreInstruction store && store.slot() == slot);
    }

    /** The local variable of a method's last parameter; none for a method without parameters. */
    private static OptionalInt slotOfLastParameter(CodeModel code) {
        MethodModel method = code.parent().orElseThrow();
        List<ClassDesc> parameters = method.methodTypeSymbol().parameterList();
        if (parameters.isEmpty()) {
            return OptionalInt.empty();
        }
        int self = method.flags().has(AccessFlag.STATIC) ? 0 : 1;
        return OptionalInt.of(self
                + parameters.subList(0, parameters.size() - 1).stream()
                        .mapToInt(parameter -> TypeKind.from(parameter).slotSize())
                        .sum());
    }

    /** The text that is the first argument of a call, from the instructions before the call. */
    private static String firstArgument(List<Instruction> before, int arguments) {
        int furtherArguments = arguments - 1;
        for (Instruction instruction : before.reversed()) {
            if (furtherArguments == 0) {
                return instruction instanceof LoadConstantInstruction constant
                                && constant.constantValue() instanceof String text
                        ? text
                        : COMPUTED_NAME;
            }
            switch (instruction) {
                // A lambda pops the captured values and pushes itself.
                case InvokeDynamicInstruction lambda ->
                    furtherArguments += lambda.typeSymbol().parameterCount() - 1;
                case LoadInstruction _, ConstantInstruction _ -> furtherArguments--;
                default -> {
                    return COMPUTED_NAME;
                }
            }
        }
        return COMPUTED_NAME;
    }
}
