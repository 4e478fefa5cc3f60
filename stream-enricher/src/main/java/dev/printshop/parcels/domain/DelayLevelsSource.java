package dev.printshop.parcels.domain;

/** Where the delay levels are set. */
@FunctionalInterface
public interface DelayLevelsSource {

    /** The levels as they are set now, or were a minute ago. */
    DelayLevels current();
}
