package dev.parc.collect.tenant;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.targetOwner;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.kiota.BaseRequestBuilder;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.parc.collect.graph.BetaOnly;
import dev.parc.collect.graph.GraphApi;
import dev.parc.collect.graph.GraphRequest;
import dev.parc.collect.http.WireRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A path of Graph is the SDK's; what the SDK does not have is in {@link BetaOnly}, and nowhere else. */
class PathsByHandTest {

    /** A request is described by hand, a builder is set on a path, or what was built is made another request. */
    private static final DescribedPredicate<JavaAccess<?>> SAYS_A_PATH = DescribedPredicate.describe(
            "says a path",
            access -> targetOwner(assignableTo(RequestInformation.class))
                            .and(not(name("toString")))
                            .test(access)
                    || targetOwner(assignableTo(BaseRequestBuilder.class))
                            .and(name("<init>").or(name("withUrl")))
                            .test(access)
                    || targetOwner(assignableTo(GraphRequest.class))
                            .and(name("<init>"))
                            .test(access));

    private static final ArchRule NO_PATH_BY_HAND = noClasses()
            .that()
            .doNotBelongToAnyOf(GraphApi.class, BetaOnly.class, GraphRequest.class)
            .should()
            .accessTargetWhere(SAYS_A_PATH);

    /** A template in a class file, where what follows it is no printable character. */
    private static final Pattern TEMPLATE = Pattern.compile("\\{\\+baseurl}([ -~]*)");

    /** What the rule is for. */
    static final class ByHand {

        static GraphRequest built() {
            return GraphRequest.of(new RequestInformation(HttpMethod.GET, "{+baseurl}/users", Map.of("baseurl", "/x")));
        }

        static GraphRequest onAPath() {
            return GraphRequest.of(GraphApi.V1.users().withUrl("/v1.0/groups").toGetRequestInformation());
        }

        static GraphRequest changed() {
            RequestInformation information = GraphApi.V1.users().toGetRequestInformation();
            information.setUri(URI.create("/v1.0/groups"));
            return GraphRequest.of(information);
        }

        static GraphRequest made() {
            return new GraphRequest("GET", "/v1.0/users", Map.of(), "", true, Set.of());
        }

        private ByHand() {}
    }

    @Test
    void noReaderSaysAPath() {
        var main = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.parc");
        NO_PATH_BY_HAND.check(main);
        noClasses()
                .that()
                .haveSimpleNameEndingWith("Reader")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(WireRequest.class)
                .check(main);
    }

    @Test
    void aReaderThatDoesIsFound() {
        List<String> found = NO_PATH_BY_HAND
                .evaluate(new ClassFileImporter().importClasses(ByHand.class))
                .getFailureReport()
                .getDetails();
        assertThat(Stream.of("built()", "onAPath()", "changed()", "made()"))
                .allMatch(method -> found.stream().anyMatch(violation -> violation.contains(method)));
    }

    @Test
    void whatIsOnlyInBetaIsNotInTheSdk() throws IOException, URISyntaxException {
        Set<String> ofSdk = pathsOfTheSdk();
        assertThat(ofSdk.size()).isGreaterThan(5_000);
        assertThat(Set.of("/roleManagement/directory/roleAssignments", "/users/{}/authentication/methods/{}"))
                .isSubsetOf(ofSdk);
        assertThat(BetaOnly.values())
                .extracting(BetaOnly::path)
                .map(path -> path.replaceAll("\\{[^}]*}", "{}"))
                .noneMatch(ofSdk::contains);
    }

    /** The paths of every builder in the SDK, with {@code {}} for keys. */
    private static Set<String> pathsOfTheSdk() throws IOException, URISyntaxException {
        URL jar = GraphApi.V1
                .users()
                .getClass()
                .getProtectionDomain()
                .getCodeSource()
                .getLocation();
        Set<String> paths = new HashSet<>();
        try (JarFile sdk = new JarFile(Path.of(jar.toURI()).toFile())) {
            for (var entry : sdk.stream()
                    .filter(file -> file.getName().endsWith("RequestBuilder.class"))
                    .toList()) {
                try (InputStream in = sdk.getInputStream(entry)) {
                    Matcher template = TEMPLATE.matcher(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
                    if (template.find()) {
                        paths.add(template.group(1).replaceAll("\\{[?].*", "").replaceAll("\\{[^}]*}", "{}"));
                    }
                }
            }
        }
        return paths;
    }
}
