package dev.printshop.local.traffic;

/** The scenario of a generated parcel. */
public enum Fate {
    /** It arrives everywhere within a quarter of an hour of its plan, and is delivered. */
    PUNCTUAL,
    /** Like a punctual one, but still on its way at the end of the day, before the last stop and the delivery. */
    UNDER_WAY,
    /** From its second stop on it is three quarters of an hour late. */
    LATE,
    /** From its second stop on it is three hours late. */
    VERY_LATE,
    /** It is punctual, but measured at 38 °C once. */
    OVERHEATED,
    /** It is not scanned after its second stop. */
    SILENT
}
