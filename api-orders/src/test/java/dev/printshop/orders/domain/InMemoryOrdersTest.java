package dev.printshop.orders.domain;

class InMemoryOrdersTest extends OrdersContract {

    private final InMemoryOrders orders = new InMemoryOrders();

    @Override
    protected Orders orders() {
        return orders;
    }

    @Override
    protected void putStock(String product, long available) {
        orders.putStock(product, available);
    }

    @Override
    protected long available(String product) {
        return orders.available(product);
    }
}
