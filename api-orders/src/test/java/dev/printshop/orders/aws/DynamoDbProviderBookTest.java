package dev.printshop.orders.aws;

import static dev.printshop.orders.domain.OrderExamples.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.printshop.orders.domain.Money;
import dev.printshop.orders.sandbox.BookEntry;
import dev.printshop.shared.aws.InMemoryDynamoDb;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** The items of the book; {@code HttpPaymentProviderOnSandboxTest} has its rules. */
class DynamoDbProviderBookTest {

    private static final String IN_30_DAYS = "1798201872";

    private final InMemoryDynamoDb dynamoDb = new InMemoryDynamoDb("pk", "sk");
    private final DynamoDbProviderBook book = new DynamoDbProviderBook(dynamoDb, "dev-book", () -> NOW);
    private final BookEntry charge =
            new BookEntry("pay_1", "k#charge", BookEntry.Status.CAPTURED, "pay_1", Money.euroCents(2_011), 53, "ok");
    private final BookEntry refund =
            new BookEntry("ref_1", "k#refund", BookEntry.Status.REFUNDED, "pay_1", Money.euroCents(2_011), 0, "refund");

    @Test
    void charge_isOneItemThatExpires() {
        // when
        assertThat(book.addCharge(charge)).isTrue();

        // then
        assertThat(dynamoDb.items())
                .containsExactly(Map.of(
                        "pk", AttributeValue.fromS("BOOK"),
                        "sk", AttributeValue.fromS("pay_1"),
                        "idempotencyKey", AttributeValue.fromS("k#charge"),
                        "status", AttributeValue.fromS("CAPTURED"),
                        "paymentId", AttributeValue.fromS("pay_1"),
                        "amountMinor", AttributeValue.fromN("2011"),
                        "currency", AttributeValue.fromS("EUR"),
                        "feeMinor", AttributeValue.fromN("53"),
                        "scenario", AttributeValue.fromS("ok"),
                        "expiresAt", AttributeValue.fromN(IN_30_DAYS)));
        assertThat(book.find("pay_1")).contains(charge);
    }

    @Test
    void chargeThatIsInTheBook_isNotReplaced() {
        // given
        book.addCharge(charge);

        // then
        assertThat(book.addCharge(new BookEntry(
                        "pay_1", "k#charge", BookEntry.Status.DECLINED, "pay_1", Money.euroCents(1), 0, "declined")))
                .isFalse();
        assertThat(book.find("pay_1")).contains(charge);
    }

    @Test
    void refund_isAddedOnlyOnce_andOnlyForACharge() {
        // then
        assertThat(book.addRefund(refund)).isFalse();
        book.addCharge(charge);
        assertThat(book.addRefund(refund)).isTrue();
        assertThat(book.addRefund(refund)).isFalse();
        assertThat(book.find("ref_1")).contains(refund);
    }

    @Test
    void refundDuringAnotherTransaction_isAFailure_sinceTheOtherMayFail() {
        // given
        book.addCharge(charge);
        dynamoDb.fail(_ -> Optional.of(TransactionCanceledException.builder()
                .cancellationReasons(
                        CancellationReason.builder().code("None").build(),
                        CancellationReason.builder().code("TransactionConflict").build())
                .build()));

        // then
        assertThatThrownBy(() -> book.addRefund(refund)).isInstanceOf(TransactionCanceledException.class);
    }

    @Test
    void attempts_areCountedForEachCharge_andExpire() {
        assertThat(book.countAttempt("pay_1")).isEqualTo(1);
        assertThat(book.countAttempt("pay_1")).isEqualTo(2);
        assertThat(book.countAttempt("pay_2")).isEqualTo(1);
        assertThat(dynamoDb.items())
                .allSatisfy(item -> assertThat(item).containsEntry("expiresAt", AttributeValue.fromN(IN_30_DAYS)));
        assertThat(book.page(Optional.empty()).entries()).isEmpty();
    }
}
