package dev.printshop.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestHeadersTest {

    @Test
    void name_isFoundInAnyCase() {
        APIGatewayProxyRequestEvent request =
                new APIGatewayProxyRequestEvent().withHeaders(Map.of("content-TYPE", "text/plain"));

        assertThat(RequestHeaders.find(request, "Content-Type")).contains("text/plain");
        assertThat(RequestHeaders.find(request, "Accept")).isEmpty();
    }

    @Test
    void headerWithoutValue_andRequestWithoutHeaders_haveNone() {
        Map<String, String> headers = new HashMap<>();
        headers.put("Accept", null);

        assertThat(RequestHeaders.find(new APIGatewayProxyRequestEvent().withHeaders(headers), "Accept"))
                .isEmpty();
        assertThat(RequestHeaders.find(new APIGatewayProxyRequestEvent(), "Accept"))
                .isEmpty();
    }
}
