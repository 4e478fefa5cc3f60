package dev.printshop.photos.resizing.imaging;

import dev.printshop.photos.resizing.domain.*;
public final class PhotoRenderer implements VariantRenderer {
    public PhotoRenderer(VariantLadder ladder, long maxPixels) {}
    @Override public Rendering render(byte[] file) { return new Rendering.Refused(RejectionReason.DAMAGED); }
}
