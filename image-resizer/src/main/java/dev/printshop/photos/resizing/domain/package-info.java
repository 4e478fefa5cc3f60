/**
 * What it means to resize a photo: which variants, for which version, and when not. Knows no AWS, no JSON, no pixels.
 */
@NullMarked
package dev.printshop.photos.resizing.domain;

import org.jspecify.annotations.NullMarked;
