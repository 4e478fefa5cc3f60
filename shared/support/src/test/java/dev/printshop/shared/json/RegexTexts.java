package dev.printshop.shared.json;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

/**
 * Generates texts that match a regular expression, as far as the schemas use them: groups, alternatives, classes,
 * escapes and quantifiers. Lookaheads are skipped; a text that they exclude is generated again.
 */
final class RegexTexts {

    private static final int TRIES = 100;
    private static final int MAX_REPETITIONS = 8;

    /** Candidates for a class, in scripts with letters, combining marks, digits and letters beyond 16 bits. */
    private static final List<String> CHARACTERS = characters();

    private final String regex;
    private final Random random;
    private int at;

    private RegexTexts(String regex, Random random) {
        this.regex = regex;
        this.random = random;
    }

    /** A text that matches, of the least or the greatest length more often than of another. */
    static String matching(String regex, Random random) {
        for (int attempt = 0; attempt < TRIES; attempt++) {
            String text = new RegexTexts(regex, random).alternatives();
            if (Pattern.compile(regex).matcher(text).matches()) {
                return text;
            }
        }
        throw new AssertionError("No text was found for " + regex);
    }

    private String alternatives() {
        List<String> alternatives = new ArrayList<>(List.of(sequence()));
        while (at < regex.length() && regex.charAt(at) == '|') {
            at++;
            alternatives.add(sequence());
        }
        return alternatives.get(random.nextInt(alternatives.size()));
    }

    private String sequence() {
        StringBuilder text = new StringBuilder();
        while (at < regex.length() && regex.charAt(at) != '|' && regex.charAt(at) != ')') {
            int from = at;
            String once = atom();
            int afterAtom = at;
            int times = repetitions();
            int afterQuantifier = at;
            if (times > 0) {
                text.append(once);
            }
            for (int i = 1; i < times; i++) {
                at = from;
                text.append(atom());
                at = afterAtom;
            }
            at = afterQuantifier;
        }
        return text.toString();
    }

    private String atom() {
        char first = regex.charAt(at);
        return switch (first) {
            case '^', '$' -> {
                at++;
                yield "";
            }
            case '(' -> group();
            case '[' -> {
                int from = at;
                do {
                    at += regex.charAt(at) == '\\' ? 2 : 1;
                } while (regex.charAt(at) != ']');
                at++;
                yield ofClass(regex.substring(from, at));
            }
            case '\\' -> {
                int from = at;
                at = "pP".indexOf(regex.charAt(at + 1)) >= 0 ? regex.indexOf('}', at) + 1 : at + 2;
                yield ofClass(regex.substring(from, at));
            }
            default -> {
                at++;
                yield String.valueOf(first);
            }
        };
    }

    private String group() {
        at++;
        boolean lookahead = regex.startsWith("?!", at) || regex.startsWith("?=", at);
        if (lookahead || regex.startsWith("?:", at)) {
            at += 2;
        }
        String text = alternatives();
        at++;
        return lookahead ? "" : text;
    }

    private int repetitions() {
        if (at == regex.length()) {
            return 1;
        }
        return switch (regex.charAt(at)) {
            case '?' -> {
                at++;
                yield random.nextInt(2);
            }
            case '*' -> {
                at++;
                yield random.nextInt(MAX_REPETITIONS);
            }
            case '+' -> {
                at++;
                yield 1 + random.nextInt(MAX_REPETITIONS);
            }
            case '{' -> {
                int end = regex.indexOf('}', at);
                String[] bounds = regex.substring(at + 1, end).split(",", -1);
                at = end + 1;
                int least = Integer.parseInt(bounds[0]);
                int most = bounds.length == 1 ? least : Integer.parseInt(bounds[1]);
                yield switch (random.nextInt(3)) {
                    case 0 -> least;
                    case 1 -> most;
                    default -> random.nextInt(least, most + 1);
                };
            }
            default -> 1;
        };
    }

    private String ofClass(String characterClass) {
        Pattern pattern = Pattern.compile(characterClass);
        List<String> members = CHARACTERS.stream()
                .filter(character -> pattern.matcher(character).matches())
                .toList();
        return members.get(random.nextInt(members.size()));
    }

    private static List<String> characters() {
        List<String> characters = new ArrayList<>();
        for (char ascii = ' '; ascii <= '~'; ascii++) {
            characters.add(String.valueOf(ascii));
        }
        "äßçÑéΩжשبमि्ไทย中日한٣५\u0301𝒜𐐷"
                .codePoints()
                .mapToObj(Character::toString)
                .forEach(characters::add);
        return characters;
    }
}
