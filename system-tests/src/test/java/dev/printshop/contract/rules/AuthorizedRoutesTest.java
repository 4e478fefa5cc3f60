package dev.printshop.contract.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.printshop.contract.Code;
import dev.printshop.contract.Project;
import dev.printshop.contract.Template;
import dev.printshop.contract.TemplateReader;
import dev.printshop.contract.Violation;
import dev.printshop.identity.domain.RouteAccess;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("contract")
class AuthorizedRoutesTest {

    private static final Project PROJECT = new Project(Path.of(".."), new Code("dev.printshop.events"));

    private final Template oneRoute =
            TemplateReader.read(Path.of("src/test/resources/contract/authorized-routes/good/default-authorizer.yaml"));

    @Test
    void routeOfTheTableWithoutAMethod_isFound() {
        assertThat(new AuthorizedRoutes(Set.of()).check(oneRoute, PROJECT))
                .extracting(Violation::toString)
                .hasSize(RouteAccess.ROUTES.size() - 1)
                .noneMatch(violation -> violation.contains("for POST /orders,"))
                .anyMatch(violation -> violation.contains("for GET /orders/{orderId}/audit,"));
    }
}
