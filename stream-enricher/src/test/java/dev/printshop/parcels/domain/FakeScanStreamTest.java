package dev.printshop.parcels.domain;

import java.util.List;
import java.util.stream.IntStream;

class FakeScanStreamTest extends ScanStreamContract {

    private final FakeScanStream stream = new FakeScanStream();

    @Override
    protected ScanStream stream() {
        return stream;
    }

    @Override
    protected List<Received> received() {
        return IntStream.range(0, stream.scans.size())
                .mapToObj(i -> new Received(stream.scans.get(i), stream.receipts.get(i)))
                .toList();
    }
}
