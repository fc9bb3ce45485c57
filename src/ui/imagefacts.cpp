// SPDX-FileCopyrightText: 2026 The Tagboat authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ui/imagefacts.h"

#include "models/artifacttext.h"
#include "models/imagenames.h"
#include "models/text.h"

#include <QCoreApplication>
#include <QLocale>
#include <QUrl>

#include <array>

using namespace Qt::StringLiterals;

namespace Tagboat {

namespace {

struct Facts
{
    Q_DECLARE_TR_FUNCTIONS(Tagboat::ImageFacts)
};

//! ["node","/app/server.js"], the form of Dockerfiles: blanks inside an argument stay visible.
QString commandText(const QStringList& arguments)
{
    if (arguments.isEmpty())
        return {};
    QStringList quoted;
    for (QString argument : arguments)
        quoted.append(u'"' + argument.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"');
    return u'[' + quoted.join(u", ") + u']';
}

QString pairsText(const QMap<QString, QString>& pairs)
{
    QStringList lines;
    for (const auto& [key, value] : pairs.asKeyValueRange())
        lines.append(key + u'=' + value);
    return lines.join(u'\n');
}

//! "30 s", "1:30 min"; what is shorter than a second in milliseconds.
QString durationText(std::chrono::nanoseconds duration)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(duration);
    if (ms.count() % 1000 != 0 && ms < std::chrono::minutes(1))
        return Facts::tr("%1 ms").arg(QLocale().toString(qint64(ms.count())));
    return formatDuration(std::chrono::duration_cast<std::chrono::seconds>(duration));
}

QString healthText(const ImageConfig::HealthCheck& check)
{
    if (check.isNone())
        return Facts::tr("none: that of the base image is switched off");
    const bool isShell = check.test.first() == "CMD-SHELL"_L1;
    const QStringList command = check.test.sliced(1);
    QString text = isShell ? command.join(u' ') : commandText(command);
    QStringList parts;
    if (check.interval.count() > 0)
        parts.append(Facts::tr("every %1").arg(durationText(check.interval)));
    if (check.timeout.count() > 0)
        parts.append(Facts::tr("gives up after %1").arg(durationText(check.timeout)));
    if (check.startPeriod.count() > 0)
        parts.append(Facts::tr("%1 to start").arg(durationText(check.startPeriod)));
    if (check.startInterval.count() > 0)
        parts.append(Facts::tr("every %1 while it starts").arg(durationText(check.startInterval)));
    if (check.retries > 0)
        parts.append(Facts::tr("ill after %n failure(s)", nullptr, check.retries));
    return parts.isEmpty() ? text : QString(text + u'\n' + parts.join(u" · "_s));
}

bool isWebAddress(const QString& text)
{
    const QUrl url(text, QUrl::StrictMode);
    return url.isValid() && !url.host().isEmpty()
        && (url.scheme() == "https"_L1 || url.scheme() == "http"_L1);
}

//! A label or annotation of image-spec annotations.md that has a plain word.
struct KnownKey
{
    QLatin1StringView name; //!< behind org.opencontainers.image.
    const char* label;
};

constexpr std::array KnownKeys{
    KnownKey{"title"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Title")},
    KnownKey{"description"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Description")},
    KnownKey{"version"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Version")},
    KnownKey{"revision"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Revision")},
    KnownKey{"source"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Source")},
    KnownKey{"url"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Home page")},
    KnownKey{"documentation"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Documentation")},
    KnownKey{"licenses"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Licences")},
    KnownKey{"vendor"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Vendor")},
    KnownKey{"authors"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Authors")},
    KnownKey{"created"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Made")},
    KnownKey{"base.name"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Base image")},
    KnownKey{"base.digest"_L1, QT_TRANSLATE_NOOP("Tagboat::ImageFacts", "Base digest")},
};

class FactList
{
public:
    QList<Fact> facts;

    void heading(const QString& label)
    {
        facts.append({.key = {}, .label = label, .value = {}, .isHeading = true});
    }
    void plain(const QString& key, const QString& label, const QString& value)
    {
        facts.append({.key = key, .label = label, .value = value});
    }
    void code(const QString& key, const QString& label, const QString& value)
    {
        facts.append({.key = key, .label = label, .value = value, .monospace = true});
    }
    void quiet(const QString& key, const QString& label, const QString& value)
    {
        facts.append({.key = key, .label = label, .value = value, .copyable = false});
    }
};

void addIdentity(FactList& list, const StoredImage& image)
{
    QStringList names;
    for (const ShownName& name : shownNames(image))
        names.append(name.familiar);
    QStringList platforms;
    for (const StoredPlatform& entry : image.platforms) {
        const QString text = platformText(entry.platform);
        platforms.append(entry.isPresent ? text : Facts::tr("%1 (not here)").arg(text));
    }
    constexpr qsizetype MostPlatforms = 6; // a tab tells of them all
    if (platforms.size() > MostPlatforms) {
        const int more = int(platforms.size() - MostPlatforms);
        platforms.resize(MostPlatforms);
        platforms.append(Facts::tr("and %n more", nullptr, more));
    }
    QString size = formatBytes(image.size);
    if (image.shared > 0)
        size = Facts::tr("%1, of which %2 shared with other images").arg(size, formatBytes(image.shared));
    const auto unknown = QString(QChar(0x2013));
    QString created = formatMoment(image.created);
    if (const QString age = formatAge(image.created); age != unknown)
        created = u"%1 \u00b7 %2"_s.arg(created, age);

    list.facts.append({.key = u"factNames"_s,
                       .label = Facts::tr("Names"),
                       .value = names.isEmpty() ? namelessText(image) : names.join(u'\n'),
                       .copyable = !names.isEmpty(),
                       .bold = !names.isEmpty()});
    list.code(u"factDigest"_s, Facts::tr("Digest"), image.target.digest.toString());
    list.code(u"factImageId"_s, Facts::tr("Image ID"), image.id.toString());
    const ArtifactKind kind = artifactKindOf(image);
    if (kind == ArtifactKind::None || !image.platforms.value(0).platform.isEmpty())
        list.quiet(u"factPlatforms"_s, Facts::tr("Platform"), platforms.join(u'\n'));
    if (kind == ArtifactKind::None || image.created.isValid())
        list.quiet(u"factCreated"_s, Facts::tr("Created"), created);
    list.facts.append({.key = u"factSize"_s,
                       .label = Facts::tr("Size"),
                       .value = size,
                       .copyable = false,
                       .toolTip = Facts::tr("%1 bytes").arg(QLocale().toString(image.size))});
}

void addFiles(FactList& list, const ArtifactFacts& artifact)
{
    QStringList lines;
    for (const ArtifactFile& file : artifact.files) {
        const QString name = file.title.isEmpty() ? file.descriptor.mediaType : file.title;
        lines.append(u"%1  %2"_s.arg(name, formatBytes(file.descriptor.size)));
    }
    list.plain(u"factFiles"_s, Facts::tr("Files"), lines.join(u'\n'));
}

void addArtifact(FactList& list, const ArtifactFacts& artifact)
{
    QString what = artifactWord(artifact.kind);
    if (!artifact.format.isEmpty())
        what = Facts::tr("%1 (%2)", "SBOM (SPDX-2.3)").arg(what, artifact.format);
    list.facts.append({.key = u"factArtifactKind"_s,
                       .label = Facts::tr("Kind"),
                       .value = what,
                       .copyable = false,
                       .bold = true});
    if (!artifact.subject.isNull()) {
        const QString name = artifact.subjectName.isEmpty() ? artifact.subject.toString()
                                                            : ShownName::of(artifact.subjectName).familiar;
        list.facts.append(
            {.key = u"factSubject"_s,
             .label = Facts::tr("Is about"),
             .value = artifact.isSubjectHere ? name : Facts::tr("%1 (not here)").arg(name),
             .copy = artifact.subject.toString(),
             .link = artifact.isSubjectHere ? QString(ImageLink + artifact.subject.toString()) : QString(),
             .toolTip = artifact.subject.toString()});
    }
    const QString unverified = Facts::tr("As the certificate says. Tagboat does not verify signatures.");
    if (!artifact.identity.isEmpty())
        list.facts.append({.key = u"factSigner"_s,
                           .label = Facts::tr("Signed by"),
                           .value = Facts::tr("%1 (not verified)").arg(artifact.identity),
                           .copy = artifact.identity,
                           .toolTip = unverified});
    if (!artifact.issuer.isEmpty())
        list.facts.append({.key = u"factIssuer"_s,
                           .label = Facts::tr("Vouched for by"),
                           .value = artifact.issuer,
                           .toolTip = unverified});
    if (!artifact.predicate.isEmpty())
        list.facts.append({.key = u"factPredicate"_s,
                           .label = Facts::tr("States"),
                           .value = predicateText(artifact.predicate),
                           .copy = artifact.predicate,
                           .toolTip = artifact.predicate});
    list.plain(u"factBuilder"_s, Facts::tr("Built by"), artifact.builder);
    list.plain(u"factBuildSource"_s, Facts::tr("Built from"), artifact.buildSource);
    list.plain(u"factBuildType"_s, Facts::tr("Build type"), artifact.buildType);
    list.plain(u"factDocumentName"_s, Facts::tr("Describes"), artifact.documentName);
    if (artifact.packages >= 0)
        list.quiet(u"factPackages"_s, Facts::tr("Packages"), QLocale().toString(artifact.packages));
    list.plain(u"factChart"_s, Facts::tr("Chart"), artifact.name);
    list.plain(u"factChartVersion"_s, Facts::tr("Chart version"), artifact.version);
    list.plain(u"factAppVersion"_s, Facts::tr("Version of the application"), artifact.appVersion);
    list.plain(u"factChartDescription"_s, Facts::tr("Description"), artifact.description);
    addFiles(list, artifact);
    list.code(u"factArtifactType"_s, Facts::tr("Artifact type"), artifact.type);
}

//! What the author says of it: labels and annotations that have plain words.
void addAbout(FactList& list, const ImageInside& inside)
{
    list.heading(Facts::tr("About"));
    for (const KnownKey& known : KnownKeys) {
        const QString key = u"org.opencontainers.image."_s + known.name;
        QString value = inside.config.labels.value(key);
        if (value.isEmpty())
            value = inside.manifestAnnotations.value(key);
        if (value.isEmpty())
            value = inside.annotations.value(key);
        list.facts.append({.key = u"fact:"_s + known.name,
                           .label = Facts::tr(known.label),
                           .value = value,
                           .link = isWebAddress(value) ? value : QString(),
                           .toolTip = key});
    }
    list.plain(u"factAuthor"_s, Facts::tr("Author"), inside.config.author);
}

void addRunning(FactList& list, const ImageConfig& config)
{
    list.heading(Facts::tr("How it runs"));
    list.code(u"factEntrypoint"_s, Facts::tr("Entrypoint"), commandText(config.entrypoint));
    list.code(u"factCommand"_s, Facts::tr("Command"), commandText(config.command));
    list.code(u"factEnvironment"_s, Facts::tr("Environment"), config.environment.join(u'\n'));
    list.code(u"factPorts"_s, Facts::tr("Ports"), config.exposedPorts.join(u", "));
    list.code(u"factVolumes"_s, Facts::tr("Volumes"), config.volumes.join(u'\n'));
    list.code(u"factUser"_s, Facts::tr("User"), config.user);
    list.code(u"factWorkingDirectory"_s, Facts::tr("Working directory"), config.workingDirectory);
    list.code(u"factStopSignal"_s, Facts::tr("Stop signal"), config.stopSignal);
    list.code(u"factShell"_s, Facts::tr("Shell"), commandText(config.shell));
    if (config.healthCheck)
        list.code(u"factHealthCheck"_s, Facts::tr("Health check"), healthText(*config.healthCheck));
    list.code(u"factOnBuild"_s, Facts::tr("When built upon"), config.onBuild.join(u'\n'));
}

} // namespace

QList<Fact> imageFacts(const StoredImage& image, const ImageInside* inside)
{
    FactList list;
    addIdentity(list, image);
    const bool isArtifact = inside && inside->artifact.kind != ArtifactKind::None;
    if (isArtifact)
        addArtifact(list, inside->artifact);
    else if (image.isArtifact)
        list.code(u"factArtifactType"_s, Facts::tr("Artifact type"), image.artifactType);
    if (!inside)
        return list.facts;
    addAbout(list, *inside);
    if (!isArtifact)
        addRunning(list, inside->config);
    list.heading(Facts::tr("Labels and annotations"));
    list.code(u"factLabels"_s, Facts::tr("Labels"), pairsText(inside->config.labels));
    list.code(u"factAnnotations"_s,
              inside->isIndex ? Facts::tr("Annotations of the index") : Facts::tr("Annotations"),
              pairsText(inside->annotations));
    list.code(u"factManifestAnnotations"_s, Facts::tr("Annotations of the manifest"),
              pairsText(inside->manifestAnnotations));
    return list.facts;
}

} // namespace Tagboat
