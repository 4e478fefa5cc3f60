package dev.printshop.orders.domain;

/**
 * What a photo can be printed on.
 *
 * @param id its id in requests and events, for example {@code poster-30x45}
 * @param name its name in English
 * @param netPrice the price of one, without VAT
 * @param weightClass how heavy it is
 */
public record Product(String id, String name, Money netPrice, WeightClass weightClass) {}
