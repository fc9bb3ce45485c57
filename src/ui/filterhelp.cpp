// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/filterhelp.h"

#include "models/imagefilter.h"
#include "models/text.h"
#include "ui/icons.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QLineEdit>
#include <QMenu>
#include <QStringListModel>
#include <QToolButton>

#include <algorithm>
#include <map>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

// Menus of what was found end here: the rest is for typing.
constexpr qsizetype MostChoices = 25;

//! Words by how often they occur, the most frequent ones, in the order of the alphabet.
QStringList mostFrequent(const QHash<QString, int>& counts)
{
    QList<std::pair<int, QString>> ordered;
    for (auto each = counts.cbegin(); each != counts.cend(); ++each)
        ordered.append({-each.value(), each.key()});
    std::ranges::sort(ordered);
    QStringList words;
    for (const auto& [count, word] : ordered.first(qMin(ordered.size(), MostChoices)))
        words.append(word);
    words.sort();
    return words;
}

QString hostOf(const ShownName& name)
{
    const qsizetype slash = name.canonical.indexOf(u'/');
    return slash < 0 ? QString() : name.canonical.first(slash);
}

QHash<QString, int> hostsIn(const ImageRows& rows)
{
    QHash<QString, int> hosts;
    for (const ImageRowPtr& row : rows.rows()) {
        for (const ShownName& name : row->names) {
            if (const QString host = hostOf(name); !host.isEmpty())
                ++hosts[host];
        }
    }
    return hosts;
}

QHash<QString, int> platformsIn(const ImageRows& rows)
{
    QHash<QString, int> platforms;
    for (const ImageRowPtr& row : rows.rows()) {
        for (const StoredPlatform& entry : row->image.platforms) {
            if (entry.isPresent && !entry.platform.isEmpty() && !entry.platform.isUnknown())
                ++platforms[entry.platform.toString()];
        }
    }
    return platforms;
}

using Labels = QHash<QString, QHash<QString, int>>; // key → value → count

Labels labelsIn(const ImageRows& rows)
{
    Labels labels;
    for (const ImageRowPtr& row : rows.rows()) {
        for (const StoredPlatform& entry : row->image.platforms) {
            for (const StoredLabel& label : entry.labels)
                ++labels[label.key][label.value];
        }
    }
    return labels;
}

QHash<QString, int> keysOf(const Labels& labels)
{
    QHash<QString, int> counts;
    for (auto label = labels.cbegin(); label != labels.cend(); ++label) {
        for (const int count : label.value())
            counts[label.key()] += count;
    }
    return counts;
}

//! Where the last word of \a text begins, with its dash and quotes.
qsizetype lastWord(const QString& text)
{
    qsizetype begin = 0;
    bool isOpen = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] == u'"')
            isOpen = !isOpen;
        else if (text[i].isSpace() && !isOpen)
            begin = i + 1;
    }
    return begin;
}

//! The words as they were typed.
QStringList wordsOf(const QString& text)
{
    QStringList words;
    QString rest = text.trimmed();
    while (!rest.isEmpty()) {
        const qsizetype begin = lastWord(rest);
        words.prepend(rest.sliced(begin));
        rest = rest.first(begin).trimmed();
    }
    return words;
}

QString withText(QString text)
{
    return text.replace(u'&', u"&&"_s); // no mnemonic
}

} // namespace

FilterHelp::FilterHelp(QLineEdit* field, QToolButton* button)
    : QObject(button), m_field(field), m_menu(new QMenu(button)), m_completer(new QCompleter(this)),
      m_offered(new QStringListModel(this))
{
    m_menu->setObjectName(u"filterMenu"_s);
    button->setMenu(m_menu);
    button->setPopupMode(QToolButton::InstantPopup);
    button->setIcon(icon(u"filter"_s));
    connect(m_menu, &QMenu::aboutToShow, this, &FilterHelp::fillMenu);

    m_completer->setModel(m_offered);
    m_completer->setWidget(field);
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    connect(m_completer, qOverload<const QString&>(&QCompleter::activated), this, &FilterHelp::complete);
    connect(field, &QLineEdit::textEdited, this, &FilterHelp::offer);
}

QMenu* FilterHelp::addMenu(const QString& name, const QString& title)
{
    QMenu* menu = m_menu->addMenu(title);
    menu->setObjectName(name);
    return menu;
}

void FilterHelp::addChoices(const QString& name, const QString& title, const QString& key,
                            const QList<std::pair<QString, QString>>& choices)
{
    QMenu* menu = addMenu(name, title);
    for (const auto& [word, text] : choices) {
        QAction* action = menu->addAction(withText(text));
        action->setObjectName(word);
        action->setCheckable(true);
        action->setChecked(isThere(word));
        connect(action, &QAction::triggered, this, [this, word, key] { toggle(word, key); });
    }
}

void FilterHelp::addFound(const QString& name, const QString& title, const QString& key,
                          const QStringList& found)
{
    QList<std::pair<QString, QString>> choices;
    for (const QString& each : found)
        choices.append({key + ImageFilter::quoted(each), each});
    addChoices(name, title, key, choices);
    m_menu->actions().last()->setEnabled(!found.isEmpty());
}

void FilterHelp::addLabels()
{
    QMenu* menu = addMenu(u"filterLabel"_s, tr("&Label"));
    const Labels labels = m_rows ? labelsIn(*m_rows) : Labels();
    const QStringList keys = mostFrequent(keysOf(labels));
    menu->setEnabled(!keys.isEmpty());
    for (const QString& key : keys) {
        QMenu* values = menu->addMenu(withText(key));
        const auto add = [this, values](const QString& word, const QString& text) {
            QAction* action = values->addAction(text);
            action->setObjectName(word);
            action->setCheckable(true);
            action->setChecked(isThere(word));
            connect(action, &QAction::triggered, this, [this, word] { toggle(word, {}); });
        };
        add(ImageFilter::quoted(u"label:"_s + key), tr("any value"));
        values->addSeparator();
        for (const QString& value : mostFrequent(labels.value(key))) {
            if (!value.contains(u'"') && value.size() < StoredLabel::MaxValue)
                add(u"label:"_s + ImageFilter::quoted(key + u'=' + value),
                    withText(m_menu->fontMetrics().elidedText(
                        value, Qt::ElideMiddle, m_menu->fontMetrics().averageCharWidth() * 60)));
        }
    }
}

void FilterHelp::fillMenu()
{
    m_menu->clear();
    const QList<std::pair<QString, QString>> states{{u"untagged"_s, tr("&Untagged")},
                                                    {u"outdated"_s, tr("&Outdated")},
                                                    {u"incomplete"_s, tr("&Incomplete")},
                                                    {u"artifact"_s, tr("&Artifacts")}};
    for (const auto& [state, text] : states) {
        const QString word = u"is:"_s + state;
        QAction* action = m_menu->addAction(text);
        action->setObjectName(u"filterIs_"_s + state);
        action->setCheckable(true);
        action->setChecked(isThere(word));
        connect(action, &QAction::triggered, this, [this, word] { toggle(word, {}); });
    }
    m_menu->addSeparator();
    QList<std::pair<QString, QString>> larger;
    QList<std::pair<QString, QString>> smaller;
    const QList<std::pair<QString, qint64>> sizes{{u"10MB"_s, 10'000'000},
                                                  {u"100MB"_s, 100'000'000},
                                                  {u"500MB"_s, 500'000'000},
                                                  {u"1GB"_s, 1'000'000'000},
                                                  {u"5GB"_s, 5'000'000'000}};
    for (const auto& [word, size] : sizes) {
        larger.append({u"larger:"_s + word, formatBytes(size)});
        smaller.append({u"smaller:"_s + word, formatBytes(size)});
    }
    addChoices(u"filterLarger"_s, tr("L&arger than"), u"larger:"_s, larger);
    addChoices(u"filterSmaller"_s, tr("&Smaller than"), u"smaller:"_s, smaller);
    QList<std::pair<QString, QString>> older;
    QList<std::pair<QString, QString>> newer;
    const QList<std::pair<QString, QString>> ages{{u"1d"_s, tr("1 day")},
                                                  {u"1w"_s, tr("1 week")},
                                                  {u"30d"_s, tr("30 days")},
                                                  {u"6mo"_s, tr("6 months")},
                                                  {u"1y"_s, tr("1 year")}};
    for (const auto& [word, text] : ages) {
        older.append({u"older:"_s + word, text});
        newer.append({u"newer:"_s + word, text});
    }
    addChoices(u"filterOlder"_s, tr("Ol&der than"), u"older:"_s, older);
    addChoices(u"filterNewer"_s, tr("&Newer than"), u"newer:"_s, newer);
    m_menu->addSeparator();
    addFound(u"filterPlatform"_s, tr("&Platform"), u"platform:"_s,
             m_rows ? mostFrequent(platformsIn(*m_rows)) : QStringList());
    addFound(u"filterRegistry"_s, tr("&Registry"), u"registry:"_s,
             m_rows ? mostFrequent(hostsIn(*m_rows)) : QStringList());
    addLabels();
    m_menu->addSeparator();
    QAction* clear = m_menu->addAction(tr("&Clear filter"));
    clear->setObjectName(u"filterClear"_s);
    clear->setEnabled(!m_field->text().isEmpty());
    connect(clear, &QAction::triggered, m_field, &QLineEdit::clear);
}

bool FilterHelp::isThere(const QString& word) const
{
    return wordsOf(m_field->text()).contains(word, Qt::CaseInsensitive);
}

void FilterHelp::toggle(const QString& word, const QString& key)
{
    QStringList words = wordsOf(m_field->text());
    const bool wasThere = words.removeAll(word) > 0;
    if (!wasThere) {
        if (!key.isEmpty())
            words.removeIf([&key](const QString& each) { return each.startsWith(key); });
        words.append(word);
    }
    m_field->setText(words.join(u' '));
    m_field->setFocus(Qt::OtherFocusReason);
}

QStringList FilterHelp::offered(const QString& begun) const
{
    const qsizetype colon = begun.indexOf(u':');
    QStringList all;
    if (colon < 0) {
        // A letter alone is the beginning of a name rather than of a key.
        if (begun.size() < 2)
            return {};
        all = ImageFilter::keys();
    } else if (const QString key = begun.first(colon + 1).toLower(); key == "is:"_L1) {
        for (const QString& state : ImageFilter::states())
            all.append(key + state);
    } else if (!m_rows) {
        return {};
    } else if (key == "registry:"_L1) {
        for (const QString& host : mostFrequent(hostsIn(*m_rows)))
            all.append(key + host);
    } else if (key == "platform:"_L1) {
        for (const QString& platform : mostFrequent(platformsIn(*m_rows)))
            all.append(key + platform);
    } else if (key == "label:"_L1) {
        const Labels labels = labelsIn(*m_rows);
        const qsizetype equals = begun.indexOf(u'=');
        const QString of = equals < 0 ? QString() : begun.sliced(colon + 1, equals - colon - 1);
        const QStringList found = equals < 0 ? mostFrequent(keysOf(labels)) : mostFrequent(labels.value(of));
        for (const QString& each : found)
            all.append(key + (equals < 0 ? each : ImageFilter::quoted(of + u'=' + each)));
    }
    all.removeIf([&begun](const QString& each) {
        return !each.startsWith(begun, Qt::CaseInsensitive) || each.size() == begun.size();
    });
    return all;
}

void FilterHelp::offer()
{
    const QString text = m_field->text();
    QString begun = text.sliced(lastWord(text));
    if (begun.startsWith(u'-'))
        begun = begun.sliced(1);
    const QStringList words = m_field->cursorPosition() == text.size() ? offered(begun) : QStringList();
    m_offered->setStringList(words);
    if (words.isEmpty())
        m_completer->popup()->hide();
    else
        m_completer->complete();
}

void FilterHelp::complete(const QString& word)
{
    const QString text = m_field->text();
    qsizetype begin = lastWord(text);
    if (begin < text.size() && text[begin] == u'-')
        ++begin;
    m_field->setText(text.first(begin) + word);
    if (word.endsWith(u':'))
        offer();
}

void FilterHelp::retranslate()
{
    m_completer->popup()->setAccessibleName(tr("Words for the filter"));
}

} // namespace Tagboat
