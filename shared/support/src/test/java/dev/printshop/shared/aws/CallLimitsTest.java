package dev.printshop.shared.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallLimitsTest {

    private final CallLimits limits = new CallLimits(3, 10);

    @Test
    void entries_areCutByTheirNumber() {
        assertThat(cut(1, 1, 1, 1, 1, 1, 1)).containsExactly(List.of(1, 1, 1), List.of(1, 1, 1), List.of(1));
    }

    @Test
    void entries_areCutByTheirBytes_andStayInOrder() {
        assertThat(cut(4, 6, 1, 9, 2)).containsExactly(List.of(4, 6), List.of(1, 9), List.of(2));
    }

    @Test
    void entryThatIsTooLarge_isAlone() {
        assertThat(cut(1, 11, 1)).containsExactly(List.of(1), List.of(11), List.of(1));
    }

    @Test
    void noEntries_areNoCall() {
        assertThat(cut()).isEmpty();
    }

    private List<List<Integer>> cut(Integer... bytes) {
        return limits.cut(List.of(bytes), Integer::longValue);
    }
}
