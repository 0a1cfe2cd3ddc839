package dev.parc.app;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parc.assessment.ledger.RunIds;
import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.run.RunRecord.State;
import dev.parc.assessment.run.RunStore;
import dev.parc.change.Change;
import dev.parc.change.ChangeException;
import dev.parc.change.ChangeJson;
import dev.parc.change.proof.ProofJson;
import dev.parc.collect.TenantException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Changes that callers have proved on the live tenant: asked for, queued, worked on, and kept for a day. All of it is parts in the
 * store, under an id that no run has, so any host goes on with it and nothing of it is a run. Every step may be done again: the
 * first part that is kept under a name stays.
 */
public final class WhatIfs {

    /** How long one is kept after it was asked for. */
    public static final Duration KEPT = Duration.ofDays(1);

    /** Where the ids of all of them are kept: an id that no run gets before the year 9999 ends. */
    private static final String INDEX = "99991231T235959Z-00000000";

    private static final String ASKED = "asked";
    private static final String CHANGE = "change";
    private static final String STARTED = "started";
    private static final String PROOF = "proof";
    private static final String FAILED = "failed";

    private static final Pattern MESSAGE =
            Pattern.compile("\\s*\\{\"schema\":\"parc-whatif-request/1\",\"whatIfId\":\"([0-9TZa-f-]{25})\"}\\s*");

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final Supplier<RunStore> store;
    private final Supplier<ChangeProver> provers;
    private final Clock clock;

    WhatIfs(Supplier<RunStore> store, Supplier<ChangeProver> provers, Clock clock) {
        this.store = store;
        this.provers = provers;
        this.clock = clock;
    }

    /**
     * Where one stands.
     *
     * @param progress what it is at, or why it failed
     * @param proof the document of {@code parc whatif --json}, if it is done
     */
    public record WhatIf(
            String id, State state, String requestedBy, Instant requestedAt, String progress, Optional<String> proof) {

        /** From when on nobody finds it. */
        public Instant expiresAt() {
            return requestedAt.plus(KEPT);
        }

        /** Whether nothing more comes of it. */
        public boolean hasEnded() {
            return state == State.DONE || state == State.FAILED;
        }
    }

    /** The message of the queue of runs that has one worked on. */
    public static String message(String id) {
        return "{\"schema\":\"parc-whatif-request/1\",\"whatIfId\":\"" + id + "\"}";
    }

    /** The id in such a message; empty if it is another message. */
    public static Optional<String> asked(String message) {
        Matcher matcher = MESSAGE.matcher(message);
        return matcher.matches() ? Optional.of(matcher.group(1)).filter(RunIds::isOne) : Optional.empty();
    }

    /**
     * Keeps a change to be proved, and deletes those whose time is over.
     *
     * @param caller who asks for it
     * @return its id
     */
    public String begin(Change change, String caller) {
        deleteOld();
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        String id = RunIds.at(now);
        // whoever ends in between leaves an id of which nothing is known, and no change that nobody would delete
        store.get().addPart(INDEX, id.toLowerCase(Locale.ROOT), "-");
        store.get().addPart(id, CHANGE, packed(ChangeJson.write(change)));
        store.get()
                .addPart(
                        id,
                        ASKED,
                        json(JSON.createObjectNode().put("by", caller).put("at", now.toString())));
        return id;
    }

    /** Where one stands; empty if none has this id, or its day is over. */
    public Optional<WhatIf> find(String id) {
        if (!RunIds.isOne(id) || id.equals(INDEX) || isOver(id)) {
            return Optional.empty();
        }
        return store.get().part(id, ASKED).map(asked -> {
            JsonNode node = node(asked);
            String by = node.path("by").asText();
            Instant at = Instant.parse(node.path("at").asText());
            Set<String> parts = store.get().parts(id);
            if (parts.contains(PROOF)) {
                String proof = unpacked(store.get().part(id, PROOF).orElse(""));
                return new WhatIf(
                        id,
                        State.DONE,
                        by,
                        at,
                        "proved on the tenant of " + node(proof).path("takenAt").asText(),
                        Optional.of(proof));
            }
            if (parts.contains(FAILED)) {
                String reason = unpacked(store.get().part(id, FAILED).orElse(""));
                return new WhatIf(id, State.FAILED, by, at, reason, Optional.empty());
            }
            boolean started = parts.contains(STARTED);
            return new WhatIf(
                    id,
                    started ? State.RUNNING : State.QUEUED,
                    by,
                    at,
                    started ? "reading the tenant" : "waiting to be started",
                    Optional.empty());
        });
    }

    /**
     * Proves the change, unless that has ended or its day is over.
     *
     * @param attempt how often the message was taken from the queue, this time included
     * @throws RuntimeException if the attempt failed, so that the queue keeps the message
     */
    public void work(String id, long attempt, Logger log) {
        Optional<WhatIf> known = find(id);
        if (known.isEmpty() || known.get().hasEnded()) {
            log.info("nothing is left to do for the what-if " + id);
            return;
        }
        store.get().addPart(id, STARTED, "-");
        try {
            Change change =
                    ChangeJson.read(unpacked(store.get().part(id, CHANGE).orElseThrow()));
            ChangeProver.Proved proved = provers.get().prove(change, progress -> {});
            store.get().addPart(id, PROOF, packed(ProofJson.write(proved.proof(), proved.changedSince())));
            log.info("the what-if " + id + " is done");
        } catch (ChangeException e) {
            log.info("the what-if " + id + " asks for what cannot be done");
            giveUp(id, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (attempt >= Runs.ATTEMPTS) {
                giveUp(id, reason(e));
            }
            throw e;
        }
    }

    /** Ends one as failed, unless it has ended. */
    public void giveUp(String id, String reason) {
        if (find(id).filter(it -> !it.hasEnded()).isPresent()) {
            store.get().addPart(id, FAILED, packed(reason));
        }
    }

    private static String reason(RuntimeException e) {
        return e instanceof TenantException || e instanceof StoreException || e instanceof SettingsException
                ? String.valueOf(e.getMessage())
                : "a fault of PARC; the log has the details";
    }

    /** Deletes those whose day is over. */
    public void deleteOld() {
        for (String name : store.get().parts(INDEX)) {
            String id =
                    name.toUpperCase(Locale.ROOT).substring(0, name.indexOf('-')) + name.substring(name.indexOf('-'));
            if (!RunIds.isOne(id) || isOver(id)) {
                if (RunIds.isOne(id)) {
                    store.get().deleteParts(id);
                }
                store.get().deletePart(INDEX, name);
            }
        }
    }

    private boolean isOver(String id) {
        return !RunIds.time(id).plus(KEPT).isAfter(clock.instant());
    }

    private static String json(ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a document could not be written", e);
        }
    }

    private static JsonNode node(String document) {
        try {
            return JSON.readTree(document);
        } catch (JsonProcessingException e) {
            throw new StoreException(
                    "What is kept of a change that was to be proved is broken; have it proved again", e);
        }
    }

    private static String packed(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Base64.getEncoder().encodeToString(bytes.toByteArray());
    }

    private static String unpacked(String packed) {
        try (GZIPInputStream zip =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed)))) {
            return new String(zip.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | IllegalArgumentException e) {
            throw new StoreException(
                    "What is kept of a change that was to be proved is broken; have it proved again", e);
        }
    }
}
