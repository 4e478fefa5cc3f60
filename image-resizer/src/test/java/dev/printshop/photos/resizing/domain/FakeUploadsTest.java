package dev.printshop.photos.resizing.domain;

class FakeUploadsTest extends UploadsContract {

    private final FakeUploads uploads = new FakeUploads();

    @Override
    protected Uploads uploads() {
        return uploads;
    }

    @Override
    protected String owner() {
        return "anna";
    }

    @Override
    protected void put(String key, String content) {
        uploads.put(key, content);
    }

    @Override
    protected void delete(String key) {
        uploads.delete(key);
    }

    @Override
    protected void deleteCurrentVersion(String key) {
        uploads.deleteCurrentVersion(key);
    }
}
