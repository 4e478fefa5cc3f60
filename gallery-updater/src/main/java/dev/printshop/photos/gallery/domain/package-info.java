/** What an event changes in the gallery, and what it doesn't because it is old news. Knows no AWS, no JSON. */
@NullMarked
package dev.printshop.photos.gallery.domain;

import org.jspecify.annotations.NullMarked;
