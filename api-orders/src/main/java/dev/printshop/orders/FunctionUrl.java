package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;

/**
 * The requests of a function URL. They have the payload format 2.0 of API Gateway's HTTP APIs; the format 1.0 of REST
 * APIs has the same content in other fields.
 */
final class FunctionUrl {

    private FunctionUrl() {}

    /** The request in the format of REST APIs, without its context: log records have the id of the invocation. */
    static APIGatewayProxyRequestEvent request(APIGatewayV2HTTPEvent event) {
        return new APIGatewayProxyRequestEvent()
                .withHttpMethod(event.getRequestContext().getHttp().getMethod())
                .withPath(event.getRawPath())
                .withHeaders(event.getHeaders())
                .withQueryStringParameters(event.getQueryStringParameters())
                .withBody(event.getBody())
                .withIsBase64Encoded(event.getIsBase64Encoded());
    }

    /** The response in the format of function URLs. */
    static APIGatewayV2HTTPResponse response(APIGatewayProxyResponseEvent response) {
        return APIGatewayV2HTTPResponse.builder()
                .withStatusCode(response.getStatusCode())
                .withHeaders(response.getHeaders())
                .withBody(response.getBody())
                .withIsBase64Encoded(response.getIsBase64Encoded())
                .build();
    }
}
