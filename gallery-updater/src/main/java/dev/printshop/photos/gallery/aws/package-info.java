/** The gallery in DynamoDB. */
@NullMarked
package dev.printshop.photos.gallery.aws;

import org.jspecify.annotations.NullMarked;
