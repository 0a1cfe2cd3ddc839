package dev.parc.check.phrase;

import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One thing that a finding tells: a role, a policy, a date, a number of days.
 *
 * @param name what it is, in lower camel case, the same in every release
 * @param text as a sentence shows it
 * @param count the number, where it is one
 * @param date the date, where it is one
 * @param id the object id, or the id of the template, where it is something of the directory
 */
public record Detail(String name, String text, OptionalInt count, Optional<LocalDate> date, Optional<String> id) {

    static Detail text(String name, String text) {
        return new Detail(name, text, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    static Detail count(String name, int count) {
        return new Detail(name, String.valueOf(count), OptionalInt.of(count), Optional.empty(), Optional.empty());
    }

    static Detail date(String name, LocalDate date) {
        return new Detail(name, date.toString(), OptionalInt.empty(), Optional.of(date), Optional.empty());
    }

    static Detail reference(String name, String id, String text) {
        return new Detail(name, text, OptionalInt.empty(), Optional.empty(), Optional.of(id));
    }
}
