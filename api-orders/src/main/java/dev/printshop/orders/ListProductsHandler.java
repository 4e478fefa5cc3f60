package dev.printshop.orders;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.orders.domain.Catalogue;
import dev.printshop.orders.json.OrderJson;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.snapstart.Priming;

/** Entry point of ListProducts: returns the catalogue. Callers needn't be signed in. */
public final class ListProductsHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private final AllowedOrigin origin;

    /** Creates the function from its environment. */
    public ListProductsHandler() {
        this(new AllowedOrigin(Environment.ofProcess().optional("ALLOWED_ORIGIN")));
        Priming.of(this).beforeCheckpoint();
    }

    ListProductsHandler(AllowedOrigin origin) {
        this.origin = origin;
    }

    @Override
    public APIGatewayProxyResponseEvent handleRequest(APIGatewayProxyRequestEvent request, Context context) {
        return origin.on(HttpEndpoint.answer(
                request,
                context,
                () -> Answer.ok(OrderJson.write(Catalogue.all().list()))));
    }
}
