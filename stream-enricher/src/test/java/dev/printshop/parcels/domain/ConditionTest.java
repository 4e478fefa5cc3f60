package dev.printshop.parcels.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConditionTest {

    @ParameterizedTest
    @CsvSource({
        "21.5, 21.5",
        "-18, -18",
        "1000, 1000",
        "0.0005, 0.001",
        "-0.0005, -0.001",
        "0.0004999, 0",
        "1e-200, 0",
        "-1e-200, 0",
        "4.9e-324, 0",
        "-0.0, 0",
        "20.123456789012345, 20.123",
        "99.9996, 100",
        "1e300, 1e300"
    })
    void measurement_isRoundedToThousandths(double measured, double rounded) {
        Condition condition =
                new Condition(OptionalDouble.of(measured), OptionalDouble.of(measured), OptionalDouble.of(measured));

        // An optional distinguishes a negative zero from zero, as stores may.
        assertThat(condition.temperatureCelsius()).isEqualTo(OptionalDouble.of(rounded));
        assertThat(condition.shockG()).isEqualTo(OptionalDouble.of(rounded));
        assertThat(condition.humidityPercent()).isEqualTo(OptionalDouble.of(rounded));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-100, -33.333333, -0.0, 1e-200, 0.1, 2.0 / 3, 37.7777, 999.9994, 1000})
    void measurementThatADecimalStoreKeeps_comesBackAsTheSame(double measured) {
        Condition condition =
                new Condition(OptionalDouble.of(measured), OptionalDouble.empty(), OptionalDouble.empty());

        String kept = new BigDecimal(
                        Double.toString(condition.temperatureCelsius().orElseThrow()))
                .stripTrailingZeros()
                .toPlainString();

        assertThat(new BigDecimal(kept).precision()).isLessThanOrEqualTo(38);
        assertThat(new Condition(
                        OptionalDouble.of(Double.parseDouble(kept)), OptionalDouble.empty(), OptionalDouble.empty()))
                .isEqualTo(condition);
        assertThat(OptionalDouble.of(Double.parseDouble(kept))).isEqualTo(condition.temperatureCelsius());
    }

    @Test
    void whatWasNotMeasured_staysUnknown() {
        assertThat(new Condition(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty()))
                .isEqualTo(Condition.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void measurementThatIsNoNumber_isRefused(double measured) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Condition(OptionalDouble.of(measured), OptionalDouble.empty(), OptionalDouble.empty()));
    }
}
