package dev.printshop.photos.gallery;
public class UpdateGalleryHandler {}
