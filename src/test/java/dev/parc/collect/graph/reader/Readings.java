package dev.parc.collect.graph.reader;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parc.analysis.conditionalaccess.SecondQuestions;
import dev.parc.collect.FakeTenant;
import dev.parc.collect.arm.Arm;
import dev.parc.collect.graph.PlainGraph;
import dev.parc.collect.tenant.GraphCollector;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import dev.parc.facts.Facts;
import dev.parc.facts.Licence;
import dev.parc.facts.Reading;
import dev.parc.facts.Unseen;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What a collection brought, with the questions that tests ask of it. */
public record Readings(Map<FactKind, Reading> byKind) {

    /** When every tenant is read. */
    public static final Instant NOW = Instant.parse("2026-09-01T08:00:00Z");

    /** Reads these kinds, and what they build on; the tenant must know every request. */
    public static Readings of(FakeTenant tenant, FactKind... kinds) {
        return of(tenant, Designations.NONE, kinds);
    }

    public static Readings of(FakeTenant tenant, Designations designations, FactKind... kinds) {
        try (Arm arm = Arm.replaying(tenant)) {
            GraphCollector collector = new GraphCollector(new PlainGraph(tenant), arm, NOW);
            Set<FactKind> wanted = Set.of(kinds);
            Map<FactKind, Reading> read = collector.collect(wanted, designations, phrase -> {});
            Map<FactKind, Set<String>> second = SecondQuestions.of(new Facts(NOW, designations, read), wanted);
            read.putAll(collector.collectSecond(wanted, second, designations, read, phrase -> {}));
            assertThat(tenant.complaints()).isEmpty();
            return new Readings(read);
        }
    }

    /** The facts that a check of production gets to see. */
    public Facts facts(Designations designations) {
        return new Facts(NOW, designations, byKind);
    }

    public <T> List<T> values(FactKind kind, Class<T> type) {
        assertThat(byKind.get(kind)).isInstanceOf(Reading.Read.class);
        return byKind.get(kind) instanceof Reading.Read read
                ? read.values().stream().map(type::cast).toList()
                : List.of();
    }

    /** The only value of the kind, which was read whole. */
    public <T> T only(FactKind kind, Class<T> type) {
        assertThat(gaps(kind)).isEmpty();
        assertThat(values(kind, type)).hasSize(1);
        return values(kind, type).get(0);
    }

    public List<String> gaps(FactKind kind) {
        assertThat(byKind.get(kind)).isInstanceOf(Reading.Read.class);
        return byKind.get(kind) instanceof Reading.Read read ? read.gaps() : List.of();
    }

    /** Of whom the kind tells nothing, by id, and why. */
    Map<String, String> unseen(FactKind kind) {
        assertThat(byKind.get(kind)).isInstanceOf(Reading.Read.class);
        return byKind.get(kind) instanceof Reading.Read read
                ? read.unseen().stream().collect(Collectors.toMap(Unseen::principalId, Unseen::reason))
                : Map.of();
    }

    public String unread(FactKind kind) {
        assertThat(byKind.get(kind)).isInstanceOf(Reading.Unread.class);
        return byKind.get(kind) instanceof Reading.Unread unread ? unread.reason() : "";
    }

    public void isUnlicensed(FactKind kind, Licence licence) {
        assertThat(byKind.get(kind)).isEqualTo(new Reading.Unlicensed(licence));
    }
}
