// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "models/filefilter.h"

#include <QRegularExpression>
#include <QStringMatcher>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

bool isPattern(const QString& word)
{
    return std::ranges::any_of(word, [](QChar c) { return c == u'*' || c == u'?' || c == u'['; });
}

QStringList wordsOf(const QString& text)
{
    return text.simplified().split(u' ', Qt::SkipEmptyParts);
}

//! A pattern as shells write it, as a regular expression over a whole name or path.
QString expressionOf(const QString& glob)
{
    QString expression;
    for (qsizetype i = 0; i < glob.size(); ++i) {
        const QChar c = glob[i];
        if (c == u'*') {
            if (glob.mid(i, 3) == "**/"_L1) {
                expression += "(?:.*/)?"_L1;
                i += 2;
            } else if (glob.mid(i, 2) == "**"_L1) {
                expression += ".*"_L1;
                ++i;
            } else {
                expression += "[^/]*"_L1;
            }
        } else if (c == u'?') {
            expression += "[^/]"_L1;
        } else if (const qsizetype end = c == u'[' ? glob.indexOf(u']', i + 2) : -1; end > 0) {
            QString set = glob.sliced(i + 1, end - i - 1);
            const bool isNegated = set.startsWith(u'!') || set.startsWith(u'^');
            if (isNegated)
                set.removeFirst();
            set.replace(u'\\', "\\\\"_L1).replace(u'[', "\\["_L1).replace(u'^', "\\^"_L1);
            expression += QString((isNegated ? u"[^/"_s : u"["_s) + set + u']');
            i = end;
        } else {
            expression += QRegularExpression::escape(QStringView(&c, 1));
        }
    }
    return QRegularExpression::anchoredPattern(expression);
}

//! One word of a filter.
class Word
{
public:
    explicit Word(QString word) : m_isPath(word.contains(u'/'))
    {
        const bool isAbsolute = word.startsWith(u'/');
        if (isPattern(word)) {
            if (isAbsolute)
                word.removeFirst();
            m_pattern = QRegularExpression(expressionOf(word),
                                           QRegularExpression::CaseInsensitiveOption
                                               | QRegularExpression::DotMatchesEverythingOption);
            m_pattern.optimize();
        } else {
            m_text = QStringMatcher(word, Qt::CaseInsensitive);
        }
    }

    [[nodiscard]] bool isPath() const { return m_isPath; }
    //! \a path starts with a slash.
    [[nodiscard]] bool isIn(const QString& name, const QString& path) const
    {
        if (m_text.pattern().isEmpty())
            return m_pattern.matchView(m_isPath ? QStringView(path).sliced(1) : QStringView(name)).hasMatch();
        return m_text.indexIn(m_isPath ? path : name) >= 0;
    }

private:
    bool m_isPath;
    QStringMatcher m_text;
    QRegularExpression m_pattern;
};

class Finder
{
public:
    Finder(const FileTree& tree, const FileFilter& filter) : m_tree(tree), m_changes(filter.changes)
    {
        for (const QString& word : wordsOf(filter.text).first(qMin(wordsOf(filter.text).size(), MostWords)))
            m_words.emplace_back(word);
        m_needsPath = std::ranges::any_of(m_words, &Word::isPath);
        m_hits.shownChildren.assign(tree.nodes().size(), FileHits::Hidden);
        m_hits.shownChildren.front() = 0;
        m_hits.isAll = filter.isEmpty();
    }

    FileHits run(const std::stop_token& stop)
    {
        struct Step
        {
            int node;
            quint64 found;  //!< words that the path above has, a bit for each
            qsizetype path; //!< length of the path above
        };
        std::vector<Step> steps{{0, 0, 0}};
        const quint64 all = m_words.size() < MostWords ? (quint64(1) << m_words.size()) - 1 : ~quint64(0);
        QString path;
        std::vector<int> closed; // folders that match and may be without a match below
        while (!steps.empty()) {
            if (stop.stop_requested())
                return std::move(m_hits);
            const Step step = steps.back();
            steps.pop_back();
            const FileNode& node = m_tree.node(step.node);
            quint64 found = step.found;
            bool isFoundHere = m_words.empty();
            if (step.node != 0) {
                if (m_needsPath) {
                    path.truncate(step.path);
                    path += u'/';
                    path += node.name;
                }
                for (size_t i = 0; i < m_words.size(); ++i) {
                    if (!m_words[i].isIn(node.name, path))
                        continue;
                    // A path that held the word before holds it still; that is no match of this name.
                    const bool isNew = !m_words[i].isPath() || !(found & (quint64(1) << i));
                    found |= quint64(1) << i;
                    isFoundHere = isFoundHere || isNew;
                }
                if (isFoundHere && found == all && passes(node)) {
                    addMatch(step.node);
                    if (!m_words.empty() && node.kind == FileNode::Kind::Folder && node.childCount > 0)
                        closed.push_back(step.node);
                }
            }
            for (int child = node.firstChild + node.childCount - 1; child >= node.firstChild; --child)
                steps.push_back({child, found, path.size()});
        }
        // A folder that was found shows what is in it, unless it holds matches of its own.
        for (const int folder : closed) {
            if (m_hits.shownChildren[size_t(folder)] == 0)
                showBelow(folder, stop);
        }
        return std::move(m_hits);
    }

private:
    static constexpr qsizetype MostWords = 64;

    [[nodiscard]] bool passes(const FileNode& node) const
    {
        return m_changes.isEmpty() || m_changes.contains(node.change);
    }

    void show(int position)
    {
        while (position > 0 && m_hits.shownChildren[size_t(position)] == FileHits::Hidden) {
            m_hits.shownChildren[size_t(position)] = 0;
            position = m_tree.node(position).parent;
            if (m_hits.shownChildren[size_t(position)] != FileHits::Hidden)
                ++m_hits.shownChildren[size_t(position)];
            else
                m_pending.push_back(position);
        }
        // Folders above that were hidden until now have the one child that led here.
        for (const int folder : m_pending)
            ++m_hits.shownChildren[size_t(folder)];
        m_pending.clear();
    }

    void addMatch(int position)
    {
        const FileNode& node = m_tree.node(position);
        const bool isFolder = node.kind == FileNode::Kind::Folder;
        show(position);
        if (isFolder && m_words.empty() && node.childCount > 0)
            return; // stands for what is in it
        if (isFolder && m_words.empty() && node.change != FileNode::Change::Deleted)
            return;
        m_hits.list.push_back(position);
        if (!isFolder) {
            ++m_hits.files;
            m_hits.bytes += bytesOf(node);
        }
        if (!m_hits.isAll && qsizetype(m_hits.list.size()) <= FileHits::MostOpened)
            openAbove(position);
    }

    void openAbove(int position)
    {
        const auto first = m_hits.toOpen.size();
        for (int at = m_tree.node(position).parent; at > 0; at = m_tree.node(at).parent) {
            if (std::ranges::contains(m_hits.toOpen, at))
                break; // and with it all above
            m_hits.toOpen.push_back(at);
        }
        std::reverse(m_hits.toOpen.begin() + std::ptrdiff_t(first), m_hits.toOpen.end());
    }

    void showBelow(int folder, const std::stop_token& stop)
    {
        std::vector<int> folders{folder};
        while (!folders.empty() && !stop.stop_requested()) {
            const FileNode& node = m_tree.node(folders.back());
            folders.pop_back();
            for (int child = node.firstChild; child < node.firstChild + node.childCount; ++child) {
                if (passes(m_tree.node(child)))
                    show(child);
                if (m_tree.node(child).childCount > 0)
                    folders.push_back(child);
            }
        }
    }

    const FileTree& m_tree;
    QList<FileNode::Change> m_changes;
    std::vector<Word> m_words;
    bool m_needsPath = false;
    FileHits m_hits;
    std::vector<int> m_pending;
};

} // namespace

QString FileFilter::plainWord() const
{
    for (const QString& word : wordsOf(text)) {
        if (!isPattern(word) && !word.contains(u'/'))
            return word;
    }
    return {};
}

FileHits findFiles(const FileTree& tree, const FileFilter& filter, const std::stop_token& stop)
{
    return Finder(tree, filter).run(stop);
}

} // namespace Tagboat
