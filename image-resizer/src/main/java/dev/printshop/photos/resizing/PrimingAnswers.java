package dev.printshop.photos.resizing;

import dev.printshop.shared.aws.CannedAnswers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answers of S3 while a function is primed. */
final class PrimingAnswers {

    private static final byte[] EMPTY = {};
    private static final Map<String, String> ETAG = Map.of("ETag", "\"1\"");

    private static final byte[] NO_SUCH_KEY =
            utf8("<Error><Code>NoSuchKey</Code><Message>No such key</Message></Error>");

    private static final byte[] NO_OBJECTS =
            utf8("<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>");

    /** The variants that the gallery shows. */
    private static final byte[] DECISION = utf8("""
            {"source": "printshop.photos", "detail-type": "PhotoRejected", "contentId": "1/\\"1\\"", "detail": {
             "schemaVersion": 1, "owner": "sam", "photoId": "cat.jpg", "version": "006922E3A61F94C5D200000000000000",
             "uploadedAt": "2026-11-23T10:15:30Z", "reasonCode": "TOO_MANY_BYTES", "reason": "The file is too large."}}
            """);

    private PrimingAnswers() {}

    /** A new upload: nothing was decided about it. */
    static void ofUpload(CannedAnswers services, byte[] file) {
        services.s3(
                        "HEAD",
                        "/uploads/",
                        200,
                        Map.of("ETag", "\"1\"", "Last-Modified", "Mon, 23 Nov 2026 10:15:30 GMT"),
                        file)
                .s3("GET", "/uploads/", 200, ETAG, file)
                .s3("GET", "/decisions/", 404, Map.of(), NO_SUCH_KEY)
                .s3("GET", "/", 200, Map.of(), NO_OBJECTS);
    }

    /** An upload that was removed after a decision. */
    static void ofRemovedUpload(CannedAnswers services) {
        services.s3("HEAD", "/uploads/", 404, Map.of(), EMPTY)
                .s3("GET", "/decisions/", 200, ETAG, DECISION)
                .s3("GET", "/", 200, Map.of(), NO_OBJECTS);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
