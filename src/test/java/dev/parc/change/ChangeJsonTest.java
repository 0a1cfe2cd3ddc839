package dev.parc.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeJsonTest {

    private static final String POLICY = "/identity/conditionalAccess/policies/11111111-2222-3333-4444-555555555555";

    private static Change requests(String requests) {
        return ChangeJson.read(
                "{'schema':'parc-change/1','requests':[%s]}".formatted(requests).replace('\'', '"'));
    }

    private static String delete(String id, String more) {
        return "{'id':'%s','method':'DELETE','url':'%s'%s}".formatted(id, POLICY, more);
    }

    @Test
    void aChangeFileIsRead() {
        Change change = requests("{'id':'on','method':'patch','url':'https://graph.microsoft.com/beta" + POLICY
                + "','body':{'state':'enabled'},'why':'S1-06'}");

        ChangeRequest request = change.requests().get(0);
        assertThat(request.method()).isEqualTo(ChangeRequest.Method.PATCH);
        assertThat(request.url()).isEqualTo(new ChangeUrl(ChangeUrl.Service.GRAPH, "beta", POLICY));
        assertThat(request.why()).isEqualTo("S1-06");
        assertThat(change.provedOn()).isEmpty();
        assertThat(ChangeJson.read(ChangeJson.write(change))).isEqualTo(change);
    }

    /** As Graph takes it, but for its length. */
    @Test
    void theBodyOfABatchIsRead() {
        String batch = IntStream.range(0, 300)
                .mapToObj(i -> "{'id':'%d','method':'DELETE','url':'%s'}".formatted(i, POLICY))
                .collect(Collectors.joining(",", "{'requests':[", "]}"))
                .replace('\'', '"');

        assertThat(ChangeJson.read(batch).requests()).hasSize(300);
    }

    @Test
    void azureIsNamedByItsWholeUrl() {
        ChangeUrl url = ChangeUrl.of("https://management.azure.com/subscriptions/1/x?api-version=2022-04-01");

        assertThat(url.service()).isEqualTo(ChangeUrl.Service.AZURE);
        assertThat(url.absolute()).isEqualTo("https://management.azure.com/subscriptions/1/x?api-version=2022-04-01");
    }

    @Test
    void requestsComeAfterWhatTheyDependOn() {
        Change change = requests(delete("c", ",'dependsOn':['a']") + "," + delete("b", "") + "," + delete("a", ""));

        assertThat(change.requests()).extracting(ChangeRequest::id).containsExactly("b", "a", "c");
    }

    @Test
    void whoNamesTheIdOfWhatAnotherCreatesComesAfterIt() {
        Change change = requests("{'id':'a','method':'PATCH','url':'" + POLICY + "','body':{'x':['${b.id}']}},"
                + "{'id':'b','method':'POST','url':'/identity/conditionalAccess/policies','body':{}}");

        assertThat(change.requests()).extracting(ChangeRequest::id).containsExactly("b", "a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "not json | the change file is not whole JSON, in line 1",
                "[] | the change file is no JSON object",
                "{'schema':'parc-change/2','requests':[]} | the change file must name the schema parc-change/1, or be"
                        + " the body of a $batch",
                "{'schema':'parc-change/1'} | the change file has no list \"requests\"",
                "{'schema':'parc-change/1','requests':[]} | the change file has no requests",
                "{'schema':'parc-change/1','schema':'parc-change/1'} | the change file is not whole JSON, in line 1",
                "{'schema':'parc-change/1','requests':[{}],'x':1} | the change file has a member \"x\", which PARC does"
                        + " not know",
                "{'requests':[7]} | request number 1 is no object",
                "{'requests':[{'id':7}]} | request number 1 needs an \"id\" of at most 64 letters, digits, dots, dashes"
                        + " and underscores",
                "{'requests':[{'id':'a b'}]} | request number 1 needs an \"id\" of at most 64 letters, digits,"
                        + " dots, dashes and underscores",
                "{'requests':[{'id':'a','method':'GET','url':'/users'}]} | request a has the method GET; use"
                        + " POST, PATCH, PUT or DELETE",
                "{'requests':[{'id':'a','method':'DELETE','url':'http://graph.microsoft.com/v1.0/users/1'}]} | request"
                        + " a cannot be sent: its URL must begin with https:// or with a slash",
                "{'requests':[{'id':'a','method':'DELETE','url':'https://graph.example.com/v1.0/users/1'}]} | request a"
                        + " cannot be sent: its host is neither Microsoft Graph nor Azure Resource Manager",
                "{'requests':[{'id':'a','method':'DELETE','url':'https://graph.microsoft.com@evil.example/users/1'}]} |"
                        + " request a cannot be sent: its host is neither Microsoft Graph nor Azure Resource Manager",
                "{'requests':[{'id':'a','method':'DELETE','url':'/users/../groups/1'}]} | request a cannot be sent: its"
                        + " path holds what no path of the service holds",
                "{'requests':[{'id':'a','method':'DELETE','url':'/users/1?$select=id'}]} | request a cannot be"
                        + " sent: its URL has a query, which requests to Graph that make changes do not accept",
                "{'requests':[{'id':'a','method':'PATCH','url':'/users/1'}]} | request a needs a body",
                "{'requests':[{'id':'a','method':'PATCH','url':'/users/1','body':[]}]} | request a has a body that is no"
                        + " JSON object",
                "{'requests':[{'id':'a','method':'DELETE','url':'/users/1','body':{}}]} | request a deletes and has a"
                        + " body",
                "{'requests':[{'id':'a','method':'DELETE','url':'/users/1','headers':{'If-Match':'x'}}]} | request a has"
                        + " a header If-Match, which may change what it does",
                "{'requests':[{'id':'a','method':'DELETE','url':'/users/1','dependsOn':['b']}]} | request a depends on"
                        + " b, and no request has this id",
                "{'requests':[{'id':'a','method':'DELETE','url':'/users/1','dependsOn':['a']}]} | request a depends on"
                        + " itself, by what it depends on",
                "{'requests':[{'id':'a','method':'DELETE','url':'/users/1'},{'id':'a','method':'DELETE',"
                        + "'url':'/users/2'}]} | two requests have the id a"
            })
    void badInputIsRefusedInOneLine(String text, String line) {
        assertThatThrownBy(() -> ChangeJson.read(text.replace('\'', '"')))
                .isInstanceOf(ChangeException.class)
                .hasMessage(line)
                .hasMessageNotContaining("\n");
    }

    @Test
    void aCycleIsRefused() {
        assertThatThrownBy(() -> requests(delete("a", ",'dependsOn':['b']") + "," + delete("b", ",'dependsOn':['a']")))
                .hasMessage("request a depends on itself, by what it depends on");
    }

    @Test
    void aBatchOfTenThousandIsRefused() {
        String many =
                IntStream.range(0, 10_000).mapToObj(i -> delete("r" + i, "")).collect(Collectors.joining(","));

        assertThatThrownBy(() -> requests(many))
                .hasMessage("the change file has 10,000 requests; the maximum is 2,000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /users/11111111-2222-3333-4444-555555555555/revokeSignInSessions | PARC does not know"
                        + " this URL, so it cannot tell what the request changes",
                "PATCH | /identity/conditionalAccess/policies/all | its URL has no object id where one belongs, as in"
                        + " /identity/conditionalAccess/policies/{guid}",
                "PUT | /identity/conditionalAccess/policies | PARC does not understand PUT there"
            })
    void whatPARCDoesNotUnderstandIsNamed(String method, String url, String why) {
        ChangeRequest request = requests("{'id':'a','method':'%s','url':'%s','body':{}}".formatted(method, url))
                .requests()
                .get(0);

        assertThatThrownBy(() -> Kind.of(request)).hasMessage("request a (" + method + " /v1.0" + url + "): " + why);
    }
}
