/**
 * The rules of resizing a photo: which variants, for which version, and when not. Independent of AWS, JSON and pixels.
 */
@NullMarked
package dev.printshop.photos.resizing.domain;

import org.jspecify.annotations.NullMarked;
