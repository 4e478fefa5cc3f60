package dev.printshop.orders.sandbox;

import java.util.List;
import java.util.Optional;

/** The sandbox's book of charges and refunds. */
public interface ProviderBook {

    /** The greatest number of entries of a page. */
    int MAX_ENTRIES = 100;

    /**
     * A part of the book.
     *
     * @param entries in the order of their ids
     * @param next the id after which the next page begins; empty on the last page
     */
    record Page(List<BookEntry> entries, Optional<String> next) {}

    /** An entry, by a consistent read. */
    Optional<BookEntry> find(String id);

    /** Adds a charge. Returns false, without any effect, if the book has an entry with its id. */
    boolean addCharge(BookEntry charge);

    /**
     * Adds a refund to the book and marks its charge as refunded. Returns false, without any effect, if the book has
     * an entry with its id, or the charge is refunded already.
     */
    boolean addRefund(BookEntry refund);

    /** Counts an attempt of a charge that isn't in the book yet. Returns the number of attempts so far. */
    int countAttempt(String id);

    /** A page of the book. */
    Page page(Optional<String> after);
}
