package dev.printshop.contract;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The classes of all modules. They are analysed, not run: no class is initialised. */
public final class Code {

    private static final String APPLICATION_PACKAGES = "dev/printshop/";

    private final ClassLoader classes = Code.class.getClassLoader();
    private final Map<String, String> eventSources;
    private final Map<String, Map<String, MethodBody>> bodies = new ConcurrentHashMap<>();
    private final Map<String, Reachability> reachable = new ConcurrentHashMap<>();

    /** All modules, with the records of the events in a package. */
    public Code(String eventsPackage) {
        this.eventSources = findEventSources(eventsPackage);
    }

    /** A class by its name. */
    public Optional<Class<?>> find(String className) {
        try {
            return Optional.of(Class.forName(className, false, classes));
        } catch (ClassNotFoundException _) {
            // The class does not exist.
            return Optional.empty();
        }
    }

    /** The code that a function can run, starting at its handler's constructor. */
    public Reachability reachableFrom(String handler) {
        return reachable.computeIfAbsent(handler, name -> new Reachability(this, name.replace('.', '/')));
    }

    /**
     * The type arguments of a class for an interface, through all its superclasses; empty when it doesn't implement it,
     * or implements the raw type.
     */
    public static List<Type> typeArguments(Class<?> implementation, Class<?> generic) {
        return typeArguments(implementation, generic, Map.of());
    }

    private static List<Type> typeArguments(Type type, Class<?> generic, Map<Type, Type> outer) {
        Map<Type, Type> bound = new HashMap<>();
        Class<?> raw;
        if (type instanceof ParameterizedType parameterized) {
            raw = (Class<?>) parameterized.getRawType();
            TypeVariable<?>[] variables = raw.getTypeParameters();
            for (int i = 0; i < variables.length; i++) {
                Type argument = parameterized.getActualTypeArguments()[i];
                bound.put(variables[i], outer.getOrDefault(argument, argument));
            }
        } else {
            raw = (Class<?>) type;
        }
        if (raw == generic) {
            return Arrays.stream(raw.getTypeParameters())
                    .filter(bound::containsKey)
                    .map(bound::get)
                    .toList();
        }
        for (Type parent : raw.getGenericInterfaces()) {
            List<Type> found = typeArguments(parent, generic, bound);
            if (!found.isEmpty()) {
                return found;
            }
        }
        Type superclass = raw.getGenericSuperclass();
        return superclass == null ? List.of() : typeArguments(superclass, generic, bound);
    }

    /**
     * The records of events on the bus, by their names, with their source: those that have a constant {@code SOURCE} or
     * inherit it from an interface.
     */
    public Map<String, String> eventSources() {
        return eventSources;
    }

    private Map<String, String> findEventSources(String eventsPackage) {
        Map<String, String> sources = new TreeMap<>();
        for (JavaClass event : classesIn(eventsPackage, new ClassFileImporter())) {
            Class<?> record = find(event.getName()).orElseThrow();
            if (record.isRecord()) {
                sourceOf(record).ifPresent(source -> sources.put(record.getSimpleName(), source));
            }
        }
        return sources;
    }

    private static Optional<String> sourceOf(Class<?> record) {
        try {
            return Optional.of((String) record.getField("SOURCE").get(null));
        } catch (NoSuchFieldException _) {
            return Optional.empty();
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The classes of a package and those below, of all modules; faster than ArchUnit's own search for packages. */
    static JavaClasses classesIn(String packageName, ClassFileImporter importer) {
        try {
            return importer.importUrls(
                    Collections.list(Code.class.getClassLoader().getResources(packageName.replace('.', '/'))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isApplicationCode(String internalName) {
        return internalName.startsWith(APPLICATION_PACKAGES);
    }

    /** The method bodies of an application class, by name and descriptor; without the abstract ones. */
    Map<String, MethodBody> bodies(String internalName) {
        return bodies.computeIfAbsent(internalName, this::readBodies);
    }

    private Map<String, MethodBody> readBodies(String internalName) {
        try (InputStream bytes = classes.getResourceAsStream(internalName + ".class")) {
            if (bytes == null) {
                throw new IllegalStateException("There is no class " + internalName);
            }
            ClassModel model = ClassFile.of().parse(bytes.readAllBytes());
            Map<String, MethodBody> found = new HashMap<>();
            for (MethodModel method : model.methods()) {
                method.code()
                        .ifPresent(code -> found.put(
                                method.methodName().stringValue()
                                        + method.methodType().stringValue(),
                                MethodBody.of(internalName, code)));
            }
            return found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
