package dev.parc.collect.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parc.collect.FakeTenant;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ItemTest {

    private static Item user(String json) {
        return new Item("users", FakeTenant.json(json));
    }

    @Test
    void nullIsEmptyAndAbsentIsAGap() {
        assertThat(user("{mail:null}").text("mail")).isEmpty();
        assertThatThrownBy(() -> user("{}").text("mail"))
                .isInstanceOf(GapException.class)
                .hasMessage("users came without mail");
    }

    @Test
    void nullIsAGapWhereAValueIsNeeded() {
        assertThatThrownBy(() -> user("{accountEnabled:null}").requiredFlag("accountEnabled"))
                .hasMessage("users came without accountEnabled");
    }

    @Test
    void anIdIsAGuidInLowerCase() {
        assertThat(user("{id:'62E90394-69F5-4237-9190-012177145E10'}").id("id"))
                .isEqualTo("62e90394-69f5-4237-9190-012177145e10");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{id:'../me'}", "{id:''}", "{id:42}", "{id:{}}", "{id:'62e90394-69f5-4237-9190-012177145e1'}"})
    void whatIsNoGuidIsNoId(String json) {
        assertThatThrownBy(() -> user(json).id("id")).hasMessage("users came with an unusable id");
    }

    @Test
    void timesAreRead() {
        assertThat(user("{at:'2026-09-01T08:00:00Z'}").time("at")).contains(Instant.parse("2026-09-01T08:00:00Z"));
        assertThat(user("{at:'2026-09-01T10:00:00+02:00'}").time("at")).contains(Instant.parse("2026-09-01T08:00:00Z"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{at:'yesterday'}", "{at:'2026-13-01T00:00:00Z'}", "{at:1}", "{at:[]}"})
    void whatIsNoTimeIsAGap(String json) {
        assertThatThrownBy(() -> user(json).time("at")).hasMessage("users came with an unusable at");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{on:'true'}", "{on:1}", "{on:[]}"})
    void onlyTrueAndFalseAreFlags(String json) {
        assertThatThrownBy(() -> user(json).flag("on")).hasMessage("users came with an unusable on");
    }

    @Test
    void aNullListIsEmptyAndEverythingElseIsAGap() {
        assertThat(user("{mails:null}").texts("mails")).isEmpty();
        assertThat(user("{mails:['a','b']}").texts("mails")).containsExactly("a", "b");
        assertThatThrownBy(() -> user("{}").texts("mails")).hasMessage("users came without mails");
        assertThatThrownBy(() -> user("{mails:'a'}").texts("mails")).hasMessage("users came with an unusable mails");
        assertThatThrownBy(() -> user("{mails:[1]}").texts("mails")).hasMessage("users came with an unusable mails");
    }

    @Test
    void whatSaysNothingIsNotSet() {
        assertThat(user("{a:null, b:[], c:{}, '@odata.type':'x', 'd@odata.context':'y', e:false, f:'', g:[1]}")
                        .set())
                .containsExactly("e", "f", "g");
    }
}
