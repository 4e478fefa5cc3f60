package dev.printshop.shared.aws;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.http.ExecutableHttpRequest;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.HttpExecuteResponse;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.utils.AttributeMap;

/**
 * The transport of all clients of the process. While it is replaced, no request leaves the process: everything above it
 * runs as usual, such as marshalling, signing and retries, and the answers are canned.
 */
final class HttpTransport implements SdkHttpClient {

    /** Of the process, not of the thread, so that no other thread can send a request meanwhile. */
    private static final AtomicReference<Optional<CannedAnswers>> REPLACEMENT = new AtomicReference<>(Optional.empty());

    private final SdkHttpClient real;

    private HttpTransport(SdkHttpClient real) {
        this.real = real;
    }

    /**
     * Builds the transport.
     *
     * @param real builds the transport that sends the requests
     */
    static Builder builder(SdkHttpClient.Builder<?> real) {
        return new Builder(real);
    }

    static void replaceDuring(CannedAnswers answers, Runnable work) {
        Optional<CannedAnswers> before = REPLACEMENT.getAndSet(Optional.of(answers));
        try {
            work.run();
        } finally {
            REPLACEMENT.set(before);
        }
    }

    @Override
    public ExecutableHttpRequest prepareRequest(HttpExecuteRequest request) {
        return REPLACEMENT
                .get()
                .<ExecutableHttpRequest>map(answers -> new AnsweredRequest(request, answers))
                .orElseGet(() -> real.prepareRequest(request));
    }

    @Override
    public void close() {
        real.close();
    }

    @Override
    public String clientName() {
        return real.clientName();
    }

    private record AnsweredRequest(HttpExecuteRequest request, CannedAnswers answers) implements ExecutableHttpRequest {

        @Override
        public HttpExecuteResponse call() throws IOException {
            return answers.answer(request);
        }

        @Override
        public void abort() {
            // There is no connection to close.
        }
    }

    /** Builds the transport with what the SDK knows about the service, such as its timeouts. */
    static final class Builder implements SdkHttpClient.Builder<Builder> {

        private final SdkHttpClient.Builder<?> real;

        private Builder(SdkHttpClient.Builder<?> real) {
            this.real = real;
        }

        @Override
        public SdkHttpClient buildWithDefaults(AttributeMap serviceDefaults) {
            return new HttpTransport(real.buildWithDefaults(serviceDefaults));
        }
    }
}
