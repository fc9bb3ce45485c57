// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/badge.h"
#include "ui/colors.h"
#include "ui/errortext.h"
#include "ui/icons.h"
#include "ui/theme.h"

#include <QApplication>
#include <QDir>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace Tagboat;

namespace {

double luminance(const QColor& color)
{
    const auto linear = [](double c) {
        return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

//! WCAG contrast ratio, 1 to 21.
double contrast(const QColor& a, const QColor& b)
{
    const double first = luminance(a);
    const double second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor strongest(const QImage& image)
{
    QColor best(Qt::transparent);
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const QColor here = image.pixelColor(x, y);
            if (here.alpha() > best.alpha())
                best = here;
        }
    }
    return best;
}

} // namespace

class TestLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_theme = new Theme(this); }

    void textIsReadable_data()
    {
        QTest::addColumn<QPalette>("palette");
        QTest::newRow("light") << lightPalette();
        QTest::newRow("dark") << darkPalette();
    }
    void textIsReadable()
    {
        QFETCH(const QPalette, palette);
        const Colors& colors = Colors::of(palette);
        const auto readable = [](const char* what, const QColor& text, const QColor& behind, double least) {
            const double ratio = contrast(text, behind);
            if (ratio < least)
                qWarning("%s: %.2f", what, ratio);
            return ratio >= least;
        };
        QVERIFY(readable("text", palette.color(QPalette::Text), palette.color(QPalette::Base), 7));
        QVERIFY(readable("muted on window", colors.muted, palette.color(QPalette::Window), 4.5));
        QVERIFY(readable("muted on base", colors.muted, palette.color(QPalette::Base), 4.5));
        QVERIFY(readable("muted on sidebar", colors.muted, colors.sidebar, 4.5));
        QVERIFY(readable("link", palette.color(QPalette::Link), palette.color(QPalette::Base), 4.5));
        QVERIFY(readable("on accent", colors.onAccent, colors.accent, 3));
        const QPalette soft = softSelection(palette);
        QVERIFY(readable("chosen row", soft.color(QPalette::HighlightedText), soft.color(QPalette::Highlight),
                         7));
        for (const Tone tone : {Tone::Normal, Tone::Muted, Tone::Ok, Tone::Warning, Tone::Error, Tone::Info})
            QVERIFY(readable("badge", colors.tone(tone).text, colors.tone(tone).fill, 4.5));
    }

    void everyIconIsDrawnInTheColourOfTheTheme()
    {
        const QDir icons(u":/tagboat/icons"_s);
        QVERIFY(!appIcon().isNull());
        const auto names = icons.entryList({u"*.svg"_s});
        QVERIFY(names.size() > 30);
        for (const QString& file : names) {
            if (file == "app.svg"_L1)
                continue;
            const QIcon made = icon(file.chopped(4));
            m_theme->setChoice(Theme::Choice::Light);
            const QColor light = strongest(made.pixmap(QSize(32, 32)).toImage());
            m_theme->setChoice(Theme::Choice::Dark);
            const QColor dark = strongest(made.pixmap(QSize(32, 32)).toImage());
            QVERIFY2(light.alpha() > 100 && light.lightness() < 100, qPrintable(file));
            QVERIFY2(dark.alpha() > 100 && dark.lightness() > 150, qPrintable(file));
        }
    }

    void iconsAreSharpOnDenseScreens()
    {
        QCOMPARE(icon(u"push"_s).pixmap(QSize(16, 16), 2.0).size(), QSize(32, 32));
    }

    void theChoiceOfThemeIsKeptAsText()
    {
        for (const Theme::Choice choice : {Theme::Choice::System, Theme::Choice::Light, Theme::Choice::Dark})
            QCOMPARE(Theme::fromString(Theme::toString(choice)), choice);
        QCOMPARE(Theme::fromString(u"nonsense"_s), Theme::Choice::System);
    }

    void everyErrorHasASentence_data()
    {
        QTest::addColumn<int>("code");
        for (int code = 0; code <= int(Error::Code::Internal); ++code)
            QTest::newRow(toString(Error::Code(code)).data()) << code;
    }
    void everyErrorHasASentence()
    {
        QFETCH(const int, code);
        const Error error = Error::make(Error::Code(code), u"the-subject"_s, u"technical reason"_s);
        using Doing = ErrorContext::Doing;
        for (const Doing doing : {Doing::Other, Doing::Push, Doing::Pull, Doing::List, Doing::LogIn,
                                  Doing::Import, Doing::Export, Doing::Tag, Doing::Remove, Doing::Open}) {
            const ErrorText text = explain(error, {.doing = doing});
            QVERIFY(text.title.endsWith(u'.'));
            QVERIFY2(!text.text.isEmpty(), qPrintable(text.title));
            QVERIFY(!text.title.contains(u'%') && !text.text.contains(u'%'));
            QVERIFY(!text.text.contains(u".."_s));
            for (const Remedy& remedy : text.remedies)
                QVERIFY(!remedy.label.isEmpty());
        }
    }

    void theStonesLeadToTheNextClick()
    {
        const auto kinds = [](const ErrorText& text) {
            QList<RemedyKind> kinds;
            for (const Remedy& remedy : text.remedies)
                kinds.append(remedy.kind);
            return kinds;
        };
        const Error denied =
            Error::make(Error::Code::Denied, u"library/nginx"_s, u"requested access is denied"_s);
        const ErrorText library = explain(denied,
                                          {.doing = ErrorContext::Doing::Push,
                                           .registry = u"docker.io"_s,
                                           .repository = u"library/nginx"_s,
                                           .tag = u"latest"_s,
                                           .user = u"alice"_s});
        QCOMPARE(library.title, u"alice may not push to docker.io/library/nginx."_s);
        QCOMPARE(kinds(library), (QList{RemedyKind::RetagForAccount, RemedyKind::UseAnotherAccount}));
        QCOMPARE(library.remedies.front().argument, u"alice/nginx:latest"_s);
        QCOMPARE(library.remedies.front().label, u"Retag as alice/nginx:latest and push"_s);

        const Error plain = Error::make(Error::Code::PlainHttpServer, u"registry.local:5000"_s, u"no TLS"_s);
        const ErrorText http = explain(plain, {.registry = u"registry.local:5000"_s});
        QCOMPARE(kinds(http), QList{RemedyKind::AllowPlainHttp});
        QCOMPARE(http.remedies.front().label, u"Allow plain HTTP for registry.local:5000"_s);

        const Error unauthorized = Error::make(Error::Code::Unauthorized, u"docker.io"_s, u"401"_s);
        QVERIFY(kinds(explain(unauthorized, {.doing = ErrorContext::Doing::Pull, .registry = u"docker.io"_s}))
                    .contains(RemedyKind::LogIn));
        QVERIFY(explain(unauthorized, {.doing = ErrorContext::Doing::LogIn, .registry = u"docker.io"_s})
                    .text.contains(u"access token"_s));
        Profile lab;
        lab.id = u"lab"_s;
        lab.registry = u"lab.azurecr.io"_s;
        lab.user = u"alice"_s;
        lab.secretExpires = QDateTime::currentDateTimeUtc().addSecs(-60);
        const ErrorText over = explain(unauthorized,
                                       {.doing = ErrorContext::Doing::List,
                                        .registry = lab.registry,
                                        .user = lab.user,
                                        .profile = lab.id,
                                        .accounts = {lab}});
        QCOMPARE(over.title, u"The login of alice at lab.azurecr.io has expired."_s);
        QCOMPARE(over.remedies.front().kind, RemedyKind::EditAccount);
        Error limited = Error::make(Error::Code::RateLimited, u"docker.io"_s, u"429"_s);
        limited.retryAfter = std::chrono::seconds(90);
        QVERIFY(explain(limited).text.contains(u"1:30 min"_s));
        QVERIFY(kinds(explain(Error::make(Error::Code::DiskFull, u"/data"_s, u"full"_s)))
                    .contains(RemedyKind::CleanUp));
        const Error closed = Error::make(Error::Code::KeychainUnavailable, {}, u"no"_s);
        QVERIFY(kinds(explain(closed, {.doing = ErrorContext::Doing::LogIn}))
                    .contains(RemedyKind::KeepForThisRun));
        QVERIFY(kinds(explain(closed, {.profile = u"Lab"_s})).contains(RemedyKind::KeepForThisRun));
        // Of an account that nobody names, no dialog could be opened.
        QVERIFY(!kinds(explain(closed)).contains(RemedyKind::KeepForThisRun));
        QVERIFY(kinds(explain(Error::make(Error::Code::Tls, u"host"_s, u"self-signed"_s)))
                    .contains(RemedyKind::TrustCertificate));
    }

    void detailsHoldTheRegistrysOwnWords()
    {
        Error error = Error::make(Error::Code::Denied, u"alice/ui"_s, u"denied"_s);
        error.response = u"{\"errors\":[]}"_s;
        error.httpStatus = 403;
        const QString details =
            explain(std::move(error).because(Error::make(Error::Code::Network, u"host"_s, u"reset"_s)))
                .details;
        QVERIFY(details.contains(u"HTTP 403"_s));
        QVERIFY(details.contains(u"{\"errors\":[]}"_s));
        QVERIFY(details.contains(u"reset"_s));
    }

    void theArrowOfAMenuButtonCanBeSeen()
    {
        QPushButton button(u"No limit"_s);
        button.setMenu(new QMenu(&button));
        button.resize(button.sizeHint());
        const QImage with = button.grab().toImage();
        button.setMenu(nullptr);
        const QImage without = button.grab().toImage();
        QRect arrow;
        for (int y = 0; y < with.height(); ++y) {
            for (int x = with.width() / 2; x < with.width(); ++x) {
                if (with.pixel(x, y) != without.pixel(x, y)
                    && x > with.width() - button.fontMetrics().height())
                    arrow |= QRect(x, y, 1, 1);
            }
        }
        QVERIFY2(arrow.width() >= button.fontMetrics().height() / 3,
                 qPrintable(QString::number(arrow.width())));
    }

    void badgesThatDoNotFitAreCounted()
    {
        const QFont font = QApplication::font();
        const QList<Badge> badges(5, Badge{u"a badge"_s});
        QImage image(400, 40, QImage::Format_ARGB32);
        QPainter painter(&image);
        const int all = badgesWidth(badges, font);
        QVERIFY(paintBadges(&painter, QRect(0, 0, all, 40), badges, font, lightPalette()) >= all);
        QVERIFY(paintBadges(&painter, QRect(0, 0, all / 2, 40), badges, font, lightPalette()) < all);
    }

private:
    Theme* m_theme = nullptr;
};

QTEST_MAIN(TestLook)
#include "tst_look.moc"
