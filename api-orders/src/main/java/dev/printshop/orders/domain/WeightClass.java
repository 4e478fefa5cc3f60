package dev.printshop.orders.domain;

/** How heavy a product is, from the lightest; shipping depends on it. */
public enum WeightClass {
    LIGHT,
    MEDIUM,
    HEAVY
}
