// SPDX-License-Identifier: Apache-2.0
#include "imports/xml_reader.hpp"

#include "unit/imports/import_kit.hpp"

#include <gmock/gmock.h>

namespace palabre::test {

namespace {

using imports::read_xml;
using imports::text_wish;
using imports::xml_attributes;
using imports::xml_limits;
using imports::xml_name;
using imports::xml_place;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

// Writes down what it is told; wants the text of elements called "t".
class note_taker final : public imports::xml_handler {
public:
    std::vector<std::string> notes;
    std::string throw_at;

    text_wish open(const xml_name& name, const xml_attributes& attributes, xml_place place)
        override {
        if (name.local == throw_at) throw std::logic_error("as the handler wished");
        auto note = fmt_name(name) + " at " + std::to_string(place.line) + ":" +
                    std::to_string(place.column);
        if (const auto id = attributes.find("urn:", "id")) note += " id=" + std::string(*id);
        notes.push_back(note);
        return name.local == "t" ? text_wish::wanted : text_wish::unwanted;
    }

    void close(const xml_name& name, std::string& text) override {
        notes.push_back("/" + fmt_name(name) + (text.empty() ? "" : " \"" + text + "\""));
    }

private:
    static std::string fmt_name(const xml_name& name) {
        return std::string(name.space.empty() ? "" : std::string(name.space) + "|") +
               std::string(name.local);
    }
};

void read_into(note_taker& notes, const std::string& document, const xml_limits& allowed = {}) {
    const imports::memory_input input(document);
    const auto bytes = input.open();
    read_xml(*bytes, notes, allowed, {});
}

std::string error_in(const std::string& document, const xml_limits& allowed = {}) {
    note_taker notes;
    return error_of([&] { read_into(notes, document, allowed); });
}

TEST(XmlReader, TellsOfElementsWithTheirNamespacesAndPlaces) {
    note_taker seen;
    read_into(seen, "<a xmlns:p='urn:x'>\n é<p:b p:id='7' id='8'/></a>");
    EXPECT_THAT(seen.notes, ElementsAre("a at 1:1", "urn:x|b at 2:3 id=7", "/urn:x|b", "/a"));
}

TEST(XmlReader, GivesTheTextThatIsWanted) {
    note_taker seen;
    read_into(seen, "<a>no<t>one &amp; <![CDATA[<two>]]]]><![CDATA[>]]><!-- no --></t>no</a>");
    EXPECT_THAT(seen.notes, ElementsAre("a at 1:1", "t at 1:6", "/t \"one & <two>]]>\"", "/a"));
}

TEST(XmlReader, TakesElementsInsideAWantedTextForTheirWords) {
    note_taker seen;
    read_into(seen, "<a><t>one <b>two <t>three</t></b></t><t>four</t></a>");
    EXPECT_THAT(
        seen.notes,
        ElementsAre(
            "a at 1:1", "t at 1:4", "/t \"one two three\"", "t at 1:38", "/t \"four\"", "/a"
        )
    );
}

TEST(XmlReader, PassesOverAFewStrayBytesAndStillCountsLines) {
    for (const std::string stray : {"`", "\xef\xbb\xbf", "\n\n", "\xef\xbb\xbf\r\n `"}) {
        note_taker seen;
        read_into(seen, stray + "<?xml version='1.0'?>\n<a/>");
        EXPECT_EQ(seen.notes.size(), 2u) << stray;
    }
    note_taker seen;
    read_into(seen, "x\n y<a/>");
    EXPECT_EQ(seen.notes.at(0), "a at 2:3");
    EXPECT_THAT(error_in(std::string(64, ' ') + "<a/>"), HasSubstr("not an XML file"));
}

TEST(XmlReader, ReadsTheEncodingsThatExportsUse) {
    const struct {
        const char* what;
        std::string document;
    } cases[] = {
        {"UTF-8", "<t>é</t>"},
        {"ISO-8859-1", "<?xml version='1.0' encoding='ISO-8859-1'?><t>\xe9</t>"},
        {"UTF-16, big end first", std::string("\xfe\xff\0<\0t\0>\0\xe9\0<\0/\0t\0>", 18)},
        {"UTF-16, little end first", std::string("\xff\xfe<\0t\0>\0\xe9\0<\0/\0t\0>\0", 18)},
    };
    for (const auto& c : cases) {
        note_taker seen;
        read_into(seen, c.document);
        EXPECT_EQ(seen.notes.at(1), "/t \"é\"") << c.what;
    }
    EXPECT_THAT(
        error_in("<?xml version='1.0' encoding='EBCDIC-CP-FR'?><a/>"),
        HasSubstr("convert the file to UTF-8")
    );
}

TEST(XmlReader, RefusesDocumentTypes) {
    const std::string documents[] = {
        "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        "<?xml version='1.0'?>\n<!DOCTYPE a SYSTEM 'http://127.0.0.1/a.dtd'><a/>",
        "<?xml version='1.0'?>\n<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;&l;&l;'>"
        "<!ENTITY n '&m;&m;&m;&m;'>]><a>&n;</a>",
        "<?xml version='1.0'?>\n<!DOCTYPE a><a/>",
    };
    for (const auto& document : documents) {
        EXPECT_THAT(
            error_in(document), AllOf(StartsWith("line 2, column "), HasSubstr("declares entities"))
        );
    }
}

TEST(XmlReader, SaysWhereAndWhatIsWrong) {
    const struct {
        std::string document, says;
    } cases[] = {
        {"", "line 1, column 1: the file is empty"},
        {"PK\x03\x04zip", "line 1, column 1: this is a zip archive"},
        {"{\"json\": true}", "line 1, column 1: this is not an XML file"},
        {"<a>\n<b></a>", "line 2, column 6: the file is not well-formed XML (mismatched tag)"},
        {"<a>\n  &nbsp;</a>", "line 2, column 3: an entity (&name;) is used"},
        {"<a>\n\x01</a>", "line 2, column 1: the file is not well-formed XML"},
        {"<a>\n\xc3\x28</a>", "line 2, column 1: the file is not well-formed XML"},
        {"<a/>\n<b/>", "line 2, column 1: the file is not well-formed XML (junk after"},
        {"<p:a/>", "line 1, column 1: the file is not well-formed XML (unbound prefix)"},
    };
    for (const auto& c : cases)
        EXPECT_THAT(error_in(c.document), StartsWith(c.says));
}

TEST(XmlReader, SaysInWhatTheFileEnds) {
    const struct {
        std::string document, says;
    } cases[] = {
        {"<a>\n<b>\ntext",
         "line 3, column 5: the file ends in the middle of <b>, which begins "
         "at line 2: it was not copied whole"},
        {"<a>\n<b><![CDATA[text", "the file ends in the middle of <b>, which begins at line 2"},
        {"<a>\n<b at", "the file ends in the middle of <a>, which begins at line 1"},
        {"<a>\xc3", "the file ends in the middle of <a>, which begins at line 1"},
        {"<?xml version='1.0'", "the file ends before its content begins"},
        {"<!-- only this -->\n", "line 2, column 1: the file ends before its content begins"},
    };
    for (const auto& c : cases) {
        EXPECT_THAT(error_in(c.document), AllOf(StartsWith("line "), HasSubstr(c.says)));
    }
}

TEST(XmlReader, HoldsItsLimits) {
    const xml_limits allowed{.text_bytes = 10, .markup_bytes = 100'000, .depth = 3};
    EXPECT_EQ(error_in("<a><t>0123456789</t><t>0123456789</t></a>", allowed), "");
    EXPECT_THAT(
        error_in("<a><t>0123456789<![CDATA[x]]></t></a>", allowed),
        HasSubstr("<t> is longer than 10 bytes")
    );
    EXPECT_EQ(error_in("<a>" + std::string(1000, 'x') + "</a>", allowed), "");
    EXPECT_EQ(error_in("<a><b><c/></b></a>", allowed), "");
    EXPECT_THAT(error_in("<a><b><c><d/></c></b></a>", allowed), HasSubstr("nested deeper than 3"));
    EXPECT_EQ(error_in("<a><!--" + std::string(90'000, 'x') + "--></a>", allowed), "");
    EXPECT_THAT(
        error_in("<a><!--" + std::string(300'000, 'x') + "--></a>", allowed),
        HasSubstr("longer than 100000 bytes")
    );
    EXPECT_THAT(
        error_in("<a b='" + std::string(300'000, 'x') + "'/>", allowed),
        HasSubstr("longer than 100000 bytes")
    );
}

TEST(XmlReader, BringsOutWhatAHandlerThrows) {
    note_taker seen;
    seen.throw_at = "b";
    EXPECT_THROW(read_into(seen, "<a><b/><c/></a>"), std::logic_error);
    EXPECT_THAT(seen.notes, ElementsAre("a at 1:1"));
}

TEST(XmlReader, ReadsADocumentOfManyPieces) {
    const std::string piece = "<t>" + std::string(1'000, 'x') + "</t>\n";
    std::string document = "<a>";
    for (int i = 0; i < 500; ++i)
        document += piece;
    note_taker seen;
    read_into(seen, document + "</a>");
    ASSERT_EQ(seen.notes.size(), 1'002u);
    EXPECT_THAT(seen.notes.at(999), StartsWith("t at 500:1"));
    EXPECT_EQ(seen.notes.at(1'000).size(), 1'000 + std::string("/t \"\"").size());
}

}  // namespace

}  // namespace palabre::test
