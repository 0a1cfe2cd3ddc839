package dev.parc.store.file;

import dev.parc.assessment.ledger.StoreException;
import dev.parc.assessment.publishing.Publication;
import dev.parc.assessment.publishing.PublicationJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The sequence of what is published, a file for each position: {@code sequence/<position>.json}. A file is written before what it
 * tells of is, so the last one may tell of what never came to be: then it does not count, and the next one takes its place.
 */
final class FileSequence {

    private static final Path FOLDER = Path.of("sequence");
    private static final String END = ".json";
    private static final Predicate<String> NAME =
            Pattern.compile("\\d{10}\\" + END).asMatchPredicate();

    private final Folder folder;
    private final Function<Publication, State> states;

    /** What became of a publication. */
    enum State {
        /** It came to be. */
        PUBLISHED,
        /** Nothing is kept of its run any longer. */
        GONE,
        /** It has not come to be. */
        BROKEN_OFF
    }

    /** @param states tells what became of a publication, by what is kept of its run */
    FileSequence(Folder folder, Function<Publication, State> states) {
        this.folder = folder;
        this.states = states;
    }

    /** The last position that was given. */
    long last() {
        List<String> names = names();
        if (names.isEmpty()) {
            return 0;
        }
        long last = position(names.get(names.size() - 1));
        return states.apply(read(last)) == State.BROKEN_OFF ? last - 1 : last;
    }

    /** Writes down the next position, which counts as soon as what it tells of has come to be. */
    void write(Publication publication) {
        folder.write(file(publication.position()), PublicationJson.write(publication));
    }

    List<Publication> after(long position, int limit) {
        List<Publication> found = new ArrayList<>();
        for (String name : names()) {
            if (position(name) <= position) {
                continue;
            }
            Publication publication = read(position(name));
            State state = states.apply(publication);
            if (state == State.BROKEN_OFF || found.size() == limit) {
                return found;
            }
            if (state == State.PUBLISHED) {
                found.add(publication);
            }
        }
        return found;
    }

    /** The newest ones first. */
    Stream<Publication> newestFirst() {
        List<String> names = names();
        return Stream.iterate(names.size() - 1, place -> place >= 0, place -> place - 1)
                .map(place -> read(position(names.get(place))));
    }

    void forgetBefore(Instant time) {
        List<String> names = names();
        names.stream()
                .limit(Math.max(0, names.size() - 1))
                .takeWhile(name -> read(position(name)).at().isBefore(time))
                .forEach(name -> folder.delete(FOLDER.resolve(name)));
    }

    private List<String> names() {
        return folder.names(FOLDER).stream().filter(NAME).sorted().toList();
    }

    private Publication read(long position) {
        Path file = file(position);
        String text = folder.read(file)
                .orElseThrow(() -> new StoreException("The file " + folder.path(file) + " is gone: restore it"));
        try {
            return PublicationJson.read(text);
        } catch (IllegalArgumentException e) {
            throw new StoreException(
                    "The file " + folder.path(file) + " is broken (" + e.getMessage() + "): restore it", e);
        }
    }

    private static long position(String name) {
        return Long.parseLong(name.substring(0, name.length() - END.length()));
    }

    private static Path file(long position) {
        return FOLDER.resolve(String.format(Locale.ROOT, "%010d%s", position, END));
    }
}
