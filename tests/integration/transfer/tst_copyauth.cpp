// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "remote.h"
#include "support/randomimage/checkimage.h"
#include "support/randomimage/randomimage.h"
#include "support/registryprocess/registryprocess.h"
#include "support/registryprocess/tokenserver.h"
#include "support/resulttest.h"
#include "support/storeplaces.h"

#include <QTemporaryDir>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace Tagboat;
using namespace Tagboat::Testing;

namespace {

constexpr auto Name = "docker.io/library/sample:v1"_L1;
constexpr auto Repo = "gallery/sample"_L1;

} // namespace

//! Push and pull where one has to say who one is.
class tst_CopyAuth : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        RegistryOptions basic;
        basic.users = {{u"alice"_s, u"correct horse"_s}};
        m_basic = std::make_unique<RegistryProcess>(basic);
        QVERIFY(m_basic->start());

        QVERIFY(m_tokens.listen());
        m_tokens.addUser(u"alice"_s, u"correct horse"_s);
        m_tokens.addUser(u"bob"_s, u"battery staple"_s);
        RegistryOptions bearer;
        bearer.tokens = &m_tokens;
        m_bearer = std::make_unique<RegistryProcess>(bearer);
        QVERIFY(m_bearer->start());
    }

    void cleanupTestCase()
    {
        m_bearer.reset();
        m_basic.reset();
    }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_store = openStore(m_folder->filePath(u"images"_s));
        // Another image each time: what an earlier test pushed would not be pushed again.
        m_image = randomImage(static_cast<quint64>(++m_seed));
        m_tokens.clearRights();
        m_tokens.allow(u"alice"_s, u"*"_s, {u"pull"_s, u"push"_s});
        m_tokens.allow(u"bob"_s, u"*"_s, {u"pull"_s});
        m_tokens.setLifetime(300);
        m_tokens.issueExpired(0);
        m_tokens.forgetRequests();
    }

    void cleanup() { m_store.reset(); }

    void registries_data()
    {
        QTest::addColumn<bool>("isBearer");
        QTest::newRow("basic") << false;
        QTest::newRow("bearer") << true;
    }

    void whoMayPushesAndPulls_data() { registries_data(); }

    void whoMayPushesAndPulls()
    {
        const Remote remote(host(), alice());
        const auto pushed = push(remote);
        VERIFY_RESULT(pushed);
        QCOMPARE(pushed->blobsTransferred, 4);
        const auto pulled = pull(remote);
        VERIFY_RESULT(pulled);
        QCOMPARE(pulled->root.digest, m_image.target.digest);
        QCOMPARE(checkImage(m_store->reader(), Name), QStringList());
    }

    void aWrongPasswordIsUnauthorized_data() { registries_data(); }

    void aWrongPasswordIsUnauthorized()
    {
        const Remote remote(host(), Credential{u"alice"_s, u"wrong"_s, false});
        const auto pushed = push(remote);
        COMPARE_ERROR(pushed, Error::Code::Unauthorized);
        QCOMPARE(pushed.error().origin, Error::Origin::Destination);
        const auto pulled = pull(remote);
        COMPARE_ERROR(pulled, Error::Code::Unauthorized);
        QCOMPARE(pulled.error().origin, Error::Origin::Source);
        QVERIFY(!pulled.error().toString().contains("wrong"_L1));
    }

    void whoMayOnlyPullCannotPushAndNothingMoves()
    {
        const Remote alicesView(m_bearer->host(), alice());
        const Remote bobsView(m_bearer->host(), Credential{u"bob"_s, u"battery staple"_s, false});
        VERIFY_RESULT(push(alicesView));
        VERIFY_RESULT(pull(bobsView));

        const RandomImage before = m_image;
        m_image = randomImage(static_cast<quint64>(++m_seed));
        const auto pushed = push(bobsView);
        COMPARE_ERROR(pushed, Error::Code::Denied);
        QCOMPARE(pushed.error().origin, Error::Origin::Destination);
        QCOMPARE(alicesView.resolve(Repo, u"v1"_s)->digest, before.target.digest);
    }

    void anybodyPullsWhatIsPublic()
    {
        VERIFY_RESULT(push(Remote(m_bearer->host(), alice())));
        const auto refused = pull(Remote(m_bearer->host()));
        QVERIFY(!refused);
        m_tokens.allow({}, Repo, {u"pull"_s});
        VERIFY_RESULT(pull(Remote(m_bearer->host())));
        QCOMPARE(checkImage(m_store->reader(), Name), QStringList());
    }

    void tokensThatEndInTheMiddleAreRenewed()
    {
        const Remote remote(m_bearer->host(), alice());
        m_tokens.issueExpired(1);
        VERIFY_RESULT(push(remote));
        m_tokens.issueExpired(1);
        remote.repository(Repo)->client()->forgetCredentials();
        VERIFY_RESULT(pull(remote));
        QVERIFY(m_tokens.requests().size() >= 2);
    }

    void oneTokenServesAllLayers()
    {
        const Remote remote(m_bearer->host(), alice());
        VERIFY_RESULT(push(remote));
        // However many requests ran side by side: the first challenge, and what pushing needs.
        QVERIFY2(m_tokens.requests().size() <= 2, qPrintable(QString::number(m_tokens.requests().size())));
    }

private:
    static Credential alice() { return Credential{u"alice"_s, u"correct horse"_s, false}; }

    [[nodiscard]] QString host() const
    {
        QFETCH(const bool, isBearer);
        return isBearer ? m_bearer->host() : m_basic->host();
    }

    [[nodiscard]] Result<CopyReport> push(const Remote& remote) const
    {
        return QCoro::waitFor(planAndCopy(sourceOf(m_image.reader({Name}), Name),
                                          remote.destination(Repo, {u"v1"_s}), quickOptions(), {}, {}));
    }

    [[nodiscard]] Result<CopyReport> pull(const Remote& remote) const
    {
        return QCoro::waitFor(planAndCopy(remote.source(Repo, u"v1"_s), destinationOf(m_store, {Name}),
                                          quickOptions(), {}, {}));
    }

    TokenServer m_tokens;
    std::unique_ptr<RegistryProcess> m_basic, m_bearer;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::shared_ptr<ImageStore> m_store;
    RandomImage m_image;
    int m_seed = 0;
};

QTEST_GUILESS_MAIN(tst_CopyAuth)
#include "tst_copyauth.moc"
