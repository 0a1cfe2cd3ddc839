package dev.parc.app;

import dev.parc.analysis.administrators.Administrator;
import dev.parc.analysis.administrators.Administrators;
import dev.parc.assessment.json.EventJson;
import dev.parc.assessment.register.AdministratorLists;
import dev.parc.facts.EarlierAdministrator;
import dev.parc.facts.FactKind;
import dev.parc.facts.Reading;
import dev.parc.facts.roles.DirectoryRole;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** Tells the log who holds Global Administrator and did not when a run last saw them all. An alert waits for the line. */
final class NewAdministratorAlert {

    private static final Set<DirectoryRole> WATCHED = Set.of(DirectoryRole.GLOBAL_ADMINISTRATOR);

    private final Supplier<AdministratorLists> lists;

    NewAdministratorAlert(Supplier<AdministratorLists> lists) {
        this.lists = lists;
    }

    /**
     * Compares, and keeps the list for the next run, which counts when this run is finished; does nothing after a run that did not
     * look for administrators.
     */
    void tell(RunResult answers, Logger log) {
        if (!answers.asked().containsAll(FactKind.ADMINISTRATORS)) {
            return;
        }
        String runId = answers.assessment().runId();
        if (lists.get().before(runId, answers.facts().takenAt()) instanceof Reading.Read before) {
            Set<String> known = before.values().stream()
                    .map(EarlierAdministrator.class::cast)
                    .filter(earlier -> earlier.roleId().equals(DirectoryRole.GLOBAL_ADMINISTRATOR.templateId()))
                    .map(EarlierAdministrator::principalId)
                    .collect(Collectors.toSet());
            Administrators.of(answers.facts().only(FactKind.ADMINISTRATORS)).in(WATCHED).stream()
                    .map(Administrator::id)
                    .filter(id -> !known.contains(id))
                    .forEach(id -> log.warning(EventJson.newGlobalAdministrator(runId, id)));
        }
        lists.get().keep(runId, answers.facts());
    }

    /** Deletes old lists, after a run that was finished. */
    void trim(RunResult answers) {
        if (answers.asked().containsAll(FactKind.ADMINISTRATORS)) {
            lists.get().trim();
        }
    }
}
