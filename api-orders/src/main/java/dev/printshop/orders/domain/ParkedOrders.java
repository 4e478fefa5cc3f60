package dev.printshop.orders.domain;

/** The orders that wait for a person, apart from the orders themselves, so that no read of an order has the token. */
public interface ParkedOrders {

    /** Stores a parked order. It replaces what was stored before, whose token is of an earlier attempt. */
    void put(ParkedOrder order);
}
