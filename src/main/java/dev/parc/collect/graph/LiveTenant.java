package dev.parc.collect.graph;

import com.azure.core.credential.TokenCredential;
import dev.parc.collect.Collected;
import dev.parc.collect.Tenant;
import dev.parc.facts.Designations;
import dev.parc.facts.FactKind;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** The tenant of the credential, read over the wire. */
public final class LiveTenant implements Tenant {

    /**
     * @param endpoint where Graph is, for example https://graph.microsoft.com
     * @param record where to record a snapshot while reading: a folder or a file ending in .zip
     */
    public LiveTenant(URI endpoint, TokenCredential credential, Optional<Path> record) {
        throw new UnsupportedOperationException(endpoint + " " + credential + record);
    }

    @Override
    public String id() {
        throw new UnsupportedOperationException();
    }

    @Override
    public String source() {
        return "live";
    }

    @Override
    public Designations designations() {
        return Designations.NONE;
    }

    @Override
    public Collected collect(Set<FactKind> kinds, Designations designations, Consumer<String> progress) {
        throw new UnsupportedOperationException();
    }
}
