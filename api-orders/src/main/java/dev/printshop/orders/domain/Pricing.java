package dev.printshop.orders.domain;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Calculates what an order costs. Prices are net. Shipping depends on the zone of the country and on the heaviest
 * product. VAT has the standard rate of the country of delivery (Directive 2006/112/EC, article 33), and shipping is a
 * part of the taxable amount (article 78).
 *
 * <p>VAT is rounded once for each order, half up to a cent. The directive has no rule of rounding: it is left to the
 * Member States, within the principles of neutrality and proportionality (Court of Justice, C-484/06 Koninklijke Ahold,
 * C-302/07 J D Wetherspoon).
 */
public final class Pricing {

    private static final long BASIS_POINTS = 10_000;

    private enum Zone {
        DOMESTIC,
        NEAR,
        FAR
    }

    private final Map<String, Integer> vatRates = new HashMap<>();
    private final Map<String, Zone> zones = new HashMap<>();
    private final Map<Zone, Map<WeightClass, Money>> shippingRates = new EnumMap<>(Zone.class);

    /** Uses the rates of the package. */
    public Pricing() {
        for (String[] row : CsvResource.rows("vat-rates.csv")) {
            vatRates.put(row[0], Integer.valueOf(row[1]));
        }
        for (String[] row : CsvResource.rows("shipping-zones.csv")) {
            zones.put(row[0], Zone.valueOf(row[1]));
        }
        for (String[] row : CsvResource.rows("shipping-rates.csv")) {
            shippingRates
                    .computeIfAbsent(Zone.valueOf(row[0]), _ -> new EnumMap<>(WeightClass.class))
                    .put(WeightClass.valueOf(row[1]), Money.euroCents(Long.parseLong(row[2])));
        }
    }

    /** Whether orders are delivered to a country: the Member States of the European Union. */
    public boolean delivers(String country) {
        return vatRates.containsKey(country) && zones.containsKey(country);
    }

    /**
     * What an order costs.
     *
     * @param lines its lines, at least one, with products of the catalogue
     * @param country a country to which orders are delivered
     */
    public Totals price(List<OrderLine> lines, String country) {
        Money net = lines.stream().map(OrderLine::amount).reduce(Money::plus).orElseThrow();
        Money shipping = shipping(heaviest(lines), country);
        int rate = requireNonNull(vatRates.get(country), country);
        return new Totals(net, shipping, vat(net.plus(shipping), rate));
    }

    private static WeightClass heaviest(List<OrderLine> lines) {
        return lines.stream()
                .map(line -> Catalogue.all().find(line.print().productId()).orElseThrow())
                .map(Product::weightClass)
                .max(Comparator.naturalOrder())
                .orElseThrow();
    }

    private Money shipping(WeightClass heaviest, String country) {
        Zone zone = requireNonNull(zones.get(country), country);
        return requireNonNull(requireNonNull(shippingRates.get(zone)).get(heaviest));
    }

    private static Money vat(Money taxable, int basisPoints) {
        long exact = Math.multiplyExact(taxable.minor(), basisPoints);
        return new Money((exact + BASIS_POINTS / 2) / BASIS_POINTS, taxable.currency());
    }
}
