#include "sjcode/licence.h"

#include "base/try.h"
#include "issue/issue_document.h"
#include "issue/licence_page.h"
#include "sjcode/category.h"
#include "sjcode/report_number.h"

#include <algorithm>
#include <set>

namespace sjcode {
namespace {

/// Of facts as a clerk gives them; these are made from records, and name an authority in an appraiser's place. And of a
/// typeface that the writer embeds though no text needs it.
const std::set<std::string>& needless_warnings() {
    static const std::set<std::string> codes{"warning.licence-format",
                                             "warning.appraiser-licence-format",
                                             "warning.category-unknown",
                                             "warning.short-name",
                                             "issue.facts",
                                             "issue.facts-missing",
                                             "hygiene.unreachable"};
    return codes;
}

/// The name that holds at a time, else the latest one.
const DatedName& name_at(const std::vector<DatedName>& names, UnixTime time) {
    const auto found =
        std::find_if(names.begin(), names.end(), [&](const DatedName& dated) { return dated.period.covers(time); });
    return found != names.end() ? *found
                                : *std::max_element(names.begin(), names.end(), [](const auto& a, const auto& b) {
                                      return a.period.from < b.period.from;
                                  });
}

/// The symbol's host is to be the authority's: another would look foreign to every verifier.
Result<void> check_host(const Issuer& issuer, const LicenceGrant& grant, const std::string& wanted) {
    const auto& hosts = issuer.certificate.identity().hosts;
    // Which of several is meant, the issue asks.
    if (wanted.empty() && hosts.size() != 1) return {};
    const auto& host = wanted.empty() ? hosts.front() : wanted;
    for (const auto* list : {&grant.authority.hosts, &grant.institution.hosts})
        for (const auto& dated : *list)
            if (dated.host == host && dated.period.covers(grant.time)) return {};
    return fail("licence-document.host", {{"host", host}});
}

Result<Facts> facts_of(const LicenceGrant& grant, const issue::LicencePage& page, std::uint64_t status) {
    const auto& institution = name_at(grant.institution.names, grant.time);
    SJCODE_TRY(auto number, ReportNumber::parse(licence_document_number(page.kind, page.statement.licence)));
    SJCODE_TRY(const auto own, Category::from_number(licence_category(page.kind)));
    Facts facts{grant.institution.licence,
                institution.name,
                institution.short_name,
                std::move(number),
                {own},
                {{page.statement.name.name, page.statement.licence}, {page.authority, grant.authority.id}},
                {},
                {},
                Date::of(page.made),
                issue::licence_sentence(page)};
    for (const auto& dated : page.statement.categories) {
        SJCODE_TRY(const auto category, Category::from_number(dated.category));
        facts.categories.push_back(category);
    }
    facts.status = status;
    return facts;
}

}  // namespace

Result<IssuedReport> issue_licence(const Issuer& issuer, const ReceiptFonts& fonts, const LicenceGrant& grant,
                                   const LicenceOptions& options) {
    if (!(issuer.signer.public_key() == issuer.certificate.public_key())) return fail("issue.key");
    SJCODE_CHECK(check_host(issuer, grant, options.host));
    const auto statement = grant.appraiser ? trust::statement_at(*grant.appraiser, grant.institution, grant.time)
                                           : trust::statement_at(grant.institution, grant.time);
    if (!statement) {
        const auto& licence = grant.appraiser ? grant.appraiser->licence : grant.institution.licence;
        return fail("licence-document.not-in-force", {{"licence", licence}, {"date", Date::of(grant.time).iso()}});
    }
    const auto kind = grant.kind();
    const issue::LicencePage page{kind,
                                  *statement,
                                  name_at(grant.institution.names, grant.time).name,
                                  name_at(grant.authority.names, grant.time).name,
                                  issuer.clock(),
                                  options.paper,
                                  options.software};
    SJCODE_TRY(auto pdf, issue::draw_licence_page(page, fonts));
    SJCODE_TRY(const auto facts, facts_of(grant, page, options.status));
    IssueOptions how;
    how.host = options.host;
    how.level = options.level;
    how.countersignatures = options.countersignatures;
    how.placement.pages = Placement::Pages::first;
    how.placement.corner = Corner::bottom_left;
    how.allow = {"facts"};
    const auto entry = trust::encode(*statement, kind);
    auto issued = issue::issue_document(issuer, InputFile::own(std::move(pdf)), facts, how,
                                        {true, {{trust::licence_statement_key, entry}}});
    if (!issued) {
        const auto& code = issued.error().code;
        if (code == "place.too-small" || code == "place.occupied")
            return fail("licence-document.paper", {{"paper", std::string(name(options.paper))}});
        return issued;
    }
    std::erase_if(issued->warnings, [](const Error& warning) { return needless_warnings().contains(warning.code); });
    return issued;
}

}  // namespace sjcode
