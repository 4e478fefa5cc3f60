package dev.printshop.orders;

import static software.amazon.lambda.powertools.logging.argument.StructuredArguments.entry;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyRequestEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayProxyResponseEvent;
import dev.printshop.orders.domain.Catalogue;
import dev.printshop.orders.domain.Product;
import dev.printshop.orders.json.OrderJson;
import dev.printshop.shared.configuration.Environment;
import dev.printshop.shared.http.AllowedOrigin;
import dev.printshop.shared.http.Answer;
import dev.printshop.shared.http.HttpEndpoint;
import dev.printshop.shared.snapstart.Priming;
import java.util.Collection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Entry point of ListProducts: returns the catalogue. Callers needn't be signed in. */
public final class ListProductsHandler
        implements RequestHandler<APIGatewayProxyRequestEvent, APIGatewayProxyResponseEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(ListProductsHandler.class);

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
        return origin.on(HttpEndpoint.answer(request, context, () -> {
            Collection<Product> products = Catalogue.all().list();
            LOG.debug("Products listed", entry("products", products.size()));
            return Answer.ok(OrderJson.write(products));
        }));
    }
}
