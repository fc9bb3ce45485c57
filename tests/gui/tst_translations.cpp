// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;

namespace {

struct Message
{
    QString context, source, comment;
    QStringList translations;
    bool isUnfinished = false;
    [[nodiscard]] QString where() const { return context + u": "_s + source; }
};

QList<Message> messagesOf(const QString& file)
{
    QFile input(file);
    if (!input.open(QIODevice::ReadOnly))
        return {};
    QXmlStreamReader xml(&input);
    QList<Message> messages;
    QString context;
    Message message;
    while (!xml.atEnd()) {
        xml.readNext();
        if (xml.isEndElement() && xml.name() == "message"_L1)
            messages.append(message);
        if (!xml.isStartElement())
            continue;
        if (xml.name() == "name"_L1) {
            context = xml.readElementText();
        } else if (xml.name() == "message"_L1) {
            message = {};
            message.context = context;
        } else if (xml.name() == "source"_L1) {
            message.source = xml.readElementText();
        } else if (xml.name() == "comment"_L1) {
            message.comment = xml.readElementText();
        } else if (xml.name() == "translation"_L1) {
            message.isUnfinished = xml.attributes().hasAttribute("type"_L1);
            const QString text = xml.readElementText(QXmlStreamReader::IncludeChildElements);
            message.translations = {text.trimmed()};
        }
    }
    return messages;
}

QSet<QString> placeholders(const QString& text)
{
    static const QRegularExpression pattern(u"%(n|L?[0-9])"_s);
    QSet<QString> found;
    for (const auto& match : pattern.globalMatch(text))
        found.insert(match.captured());
    return found;
}

} // namespace

//! The .ts files against the sources as they are now, brought together by lupdate itself.
class TestTranslations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY(m_folder.isValid()); }

    void everyStringIsTranslated_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<bool>("isPluralOnly");
        QTest::newRow("Korean") << u"tagboat_ko.ts"_s << false;
        QTest::newRow("English plurals") << u"tagboat_en.ts"_s << true;
    }
    void everyStringIsTranslated()
    {
        QFETCH(const QString, file);
        QFETCH(const bool, isPluralOnly);
        const QString source = QStringLiteral(TAGBOAT_SOURCE_DIR);
        const QString copy = m_folder.filePath(file);
        QVERIFY(QFile::copy(source + u"/translations/"_s + file, copy));
        QStringList arguments{u"-silent"_s, u"-locations"_s, u"none"_s, u"-no-obsolete"_s, u"-I"_s, u"src"_s};
        if (isPluralOnly)
            arguments.append(u"-pluralonly"_s);
        arguments += {u"src/models"_s, u"src/ui"_s, u"src/app"_s, u"forms"_s, u"-ts"_s, copy};
        QProcess lupdate;
        lupdate.setWorkingDirectory(source);
        lupdate.start(QStringLiteral(TAGBOAT_LUPDATE), arguments);
        QVERIFY2(lupdate.waitForFinished(60'000), qPrintable(lupdate.errorString()));
        QCOMPARE(lupdate.exitCode(), 0);

        const auto messages = messagesOf(copy);
        QVERIFY(messages.size() > (isPluralOnly ? 5 : 300));
        QStringList missing;
        for (const Message& message : messages) {
            if (message.isUnfinished || message.translations.join(QString()).isEmpty())
                missing.append(message.where());
        }
        QVERIFY2(missing.isEmpty(), qPrintable(u"untranslated:\n"_s + missing.join(u'\n')));
    }

    void placeholdersAndMnemonicsAreKept()
    {
        for (const Message& message :
             messagesOf(QStringLiteral(TAGBOAT_SOURCE_DIR "/translations/tagboat_ko.ts"))) {
            const QString text = message.translations.join(QString());
            QVERIFY2(placeholders(text) == placeholders(message.source), qPrintable(message.where()));
            static const QRegularExpression mnemonic(u"&[A-Za-z]"_s);
            if (message.source.contains(mnemonic))
                QVERIFY2(text.contains(mnemonic), qPrintable(message.where()));
            QVERIFY2(message.source.endsWith(u'…') == text.contains(u'…') || !message.source.endsWith(u'…'),
                     qPrintable(message.where()));
        }
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestTranslations)
#include "tst_translations.moc"
