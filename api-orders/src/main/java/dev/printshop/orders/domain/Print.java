package dev.printshop.orders.domain;

import dev.printshop.events.photos.PhotoId;

/**
 * A photo on a product.
 *
 * @param photo the photo
 * @param productId the product of the catalogue
 */
public record Print(PhotoId photo, String productId) {}
