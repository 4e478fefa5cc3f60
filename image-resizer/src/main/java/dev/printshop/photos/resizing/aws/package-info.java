/** The ports of the domain on S3. */
@NullMarked
package dev.printshop.photos.resizing.aws;

import org.jspecify.annotations.NullMarked;
