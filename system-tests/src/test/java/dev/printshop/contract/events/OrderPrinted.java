package dev.printshop.contract.events;

/** An event for the example templates of the contract tests. */
public record OrderPrinted(String orderId) {

    /** The source that the event carries on the bus. */
    public static final String SOURCE = "printshop.orders";
}
