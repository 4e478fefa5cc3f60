package dev.printshop.shared.snapstart;

/** A program that primes a function, as before a snapshot, and prints the answers of its handler, each in a line. */
public final class PrimedFunction {

    private PrimedFunction() {}

    /** Primes the function whose handler is the first argument. */
    public static void main(String[] arguments) throws ReflectiveOperationException {
        Class.forName(arguments[0]).getConstructor().newInstance();
        Priming.primeAll().forEach(System.out::println);
    }
}
