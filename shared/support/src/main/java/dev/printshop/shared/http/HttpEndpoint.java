package dev.printshop.shared.http;

import static dev.printshop.shared.telemetry.LogField.error;
import static dev.printshop.shared.telemetry.LogField.errorWithStack;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.shared.json.JsonObject;
import dev.printshop.shared.telemetry.LogField;
import dev.printshop.shared.telemetry.Telemetry;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The common parts of every response of the API: JSON, no caching, and problem details for errors. */
public final class HttpEndpoint {

    private static final Logger LOG = LoggerFactory.getLogger(HttpEndpoint.class);

    private HttpEndpoint() {}

    /**
     * Answers a request with what the handling returns, or with a problem. Server errors are logged with the request id
     * that the response contains. For an exception other than a {@link HttpProblem}, the response contains no other
     * details.
     *
     * @param handling creates the answer; throws a {@link HttpProblem} when there is none
     */
    public static APIGatewayProxyResponseEvent answer(
            APIGatewayProxyRequestEvent request, Context context, Supplier<Answer> handling) {
        return Telemetry.during(context, () -> respond(request, context, handling));
    }

    private static APIGatewayProxyResponseEvent respond(
            APIGatewayProxyRequestEvent request, Context context, Supplier<Answer> handling) {
        LogField.EVENT_ID.set(requestId(request, context));
        LogField.CORRELATION_ID.set(requestId(request, context));
        try {
            Answer answer = handling.get();
            return response(answer.status(), "application/json", answer.headers(), answer.json());
        } catch (HttpProblem e) {
            if (e.isServerError()) {
                LOG.warn("The request was not done", error(e));
            }
            return problem(e, request, context);
        } catch (RuntimeException e) {
            LOG.error("The request failed", errorWithStack(e));
            return problem(
                    new HttpProblem(
                            Status.INTERNAL_SERVER_ERROR, "The service failed; its log says more about this instance"),
                    request,
                    context);
        }
    }

    private static APIGatewayProxyResponseEvent problem(
            HttpProblem problem, APIGatewayProxyRequestEvent request, Context context) {
        ProblemDetails details = problem.details("urn:uuid:" + requestId(request, context));
        return response(
                details.status(), ProblemDetails.CONTENT_TYPE, problem.headers(), JsonObject.write(details.toJson()));
    }

    private static APIGatewayProxyResponseEvent response(
            int status, String contentType, Map<String, String> moreHeaders, String json) {
        Map<String, String> headers = new TreeMap<>(moreHeaders);
        headers.put("Content-Type", contentType);
        headers.put("Cache-Control", "no-store");
        return new APIGatewayProxyResponseEvent()
                .withStatusCode(status)
                .withHeaders(headers)
                .withBody(json)
                .withIsBase64Encoded(false);
    }

    /** API Gateway's id of the request, which is in its access log; without one the invocation's. */
    private static String requestId(APIGatewayProxyRequestEvent request, Context context) {
        APIGatewayProxyRequestEvent.@Nullable ProxyRequestContext gateway = request.getRequestContext();
        @Nullable String id = gateway == null ? null : gateway.getRequestId();
        return id == null ? context.getAwsRequestId() : id;
    }
}
