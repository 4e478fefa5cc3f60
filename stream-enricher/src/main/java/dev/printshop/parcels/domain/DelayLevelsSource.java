package dev.printshop.parcels.domain;

/** The source of the delay levels. */
@FunctionalInterface
public interface DelayLevelsSource {

    /** The current levels, or those of a minute ago. */
    DelayLevels current();
}
