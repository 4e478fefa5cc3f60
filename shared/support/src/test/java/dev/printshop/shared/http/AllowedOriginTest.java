package dev.printshop.shared.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AllowedOriginTest {

    private static final Map<String, String> HEADERS = Map.of("Content-Type", "application/json");

    private final APIGatewayProxyResponseEvent response = new APIGatewayProxyResponseEvent().withHeaders(HEADERS);

    @Test
    void originThatIsSet_isInEveryResponse() {
        assertThat(new AllowedOrigin(Optional.of("https://www.example.com"))
                        .on(response)
                        .getHeaders())
                .isEqualTo(Map.of(
                        "Content-Type",
                        "application/json",
                        "Access-Control-Allow-Origin",
                        "https://www.example.com",
                        "Vary",
                        "Origin"));
    }

    @Test
    void originThatIsNotSet_addsNothing() {
        assertThat(new AllowedOrigin(Optional.empty()).on(response).getHeaders())
                .isEqualTo(HEADERS);
    }
}
