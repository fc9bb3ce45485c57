<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_US">
<context>
    <name>JobText</name>
    <message numerus="yes">
        <source>%n platform(s)</source>
        <translation>
            <numerusform>%n platform</numerusform>
            <numerusform>%n platforms</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>%n destination</numerusform>
            <numerusform>%n destinations</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::CleanUpDialog</name>
    <message numerus="yes">
        <source>%n blob(s)</source>
        <translation>
            <numerusform>%n blob</numerusform>
            <numerusform>%n blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <translation>
            <numerusform>%n download</numerusform>
            <numerusform>%n downloads</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) changed meanwhile and stay.</source>
        <translation>
            <numerusform>%n image changed meanwhile and stays.</numerusform>
            <numerusform>%n images changed meanwhile and stay.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::CleanUpModel</name>
    <message numerus="yes">
        <source>%n blob(s)</source>
        <translation>
            <numerusform>%n blob</numerusform>
            <numerusform>%n blobs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n abandoned download(s)</source>
        <translation>
            <numerusform>%n abandoned download</numerusform>
            <numerusform>%n abandoned downloads</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::CompareFilesDialog</name>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::DiskTab</name>
    <message numerus="yes">
        <source>%n layer(s) are not on this computer.</source>
        <translation>
            <numerusform>%n layer is not on this computer.</numerusform>
            <numerusform>%n layers are not on this computer.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::DiskWords</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>shared with %n other image(s)</source>
        <translation>
            <numerusform>shared with %n other image</numerusform>
            <numerusform>shared with %n other images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s)</source>
        <translation>
            <numerusform>%n more image</numerusform>
            <numerusform>%n more images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>shared by %n image(s)</source>
        <translation>
            <numerusform>shared by %n image</numerusform>
            <numerusform>shared by %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 and %n more</numerusform>
            <numerusform>%1 and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::DropZone</name>
    <message numerus="yes">
        <source>Drop to import %n file(s)</source>
        <translation>
            <numerusform>Drop to import %n file</numerusform>
            <numerusform>Drop to import %n files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ExportDialog</name>
    <message numerus="yes">
        <source>Export %n image(s)</source>
        <translation>
            <numerusform>Export %n image</numerusform>
            <numerusform>Export %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Replace %n file(s) and export</source>
        <translation>
            <numerusform>Replace %n file and export</numerusform>
            <numerusform>Replace %n files and export</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) exist already and would be replaced.</source>
        <translation>
            <numerusform>%n file exists already and would be replaced.</numerusform>
            <numerusform>%n files exist already and would be replaced.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::Files</name>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>%Ln file</numerusform>
            <numerusform>%Ln files</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::FilesTab</name>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln match</numerusform>
            <numerusform>%Ln matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImageDetailsPane</name>
    <message numerus="yes">
        <source>%1 of %n platform(s) are on this computer</source>
        <translation>
            <numerusform>%1 of %n platform is on this computer</numerusform>
            <numerusform>%1 of %n platforms are on this computer</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImageDrag</name>
    <message numerus="yes">
        <source>%n image(s) are ready to be dragged.</source>
        <translation>
            <numerusform>%n image is ready to be dragged.</numerusform>
            <numerusform>%n images are ready to be dragged.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImageFacts</name>
    <message numerus="yes">
        <source>ill after %n failure(s)</source>
        <translation>
            <numerusform>ill after %n failure</numerusform>
            <numerusform>ill after %n failures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::Images</name>
    <message numerus="yes">
        <source>%n tag(s), one image</source>
        <translation>
            <numerusform>%n tag, one image</numerusform>
            <numerusform>%n tags, one image</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>+%n other name(s)</source>
        <translation>
            <numerusform>+%n other name</numerusform>
            <numerusform>+%n other names</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImportCheck</name>
    <message numerus="yes">
        <source>Looking into %n archive(s)…</source>
        <translation>
            <numerusform>Looking into %n archive…</numerusform>
            <numerusform>Looking into %n archives…</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be imported.</source>
        <translation>
            <numerusform>%n file cannot be imported.</numerusform>
            <numerusform>%n files cannot be imported.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImportDialog</name>
    <message numerus="yes">
        <source>Import %n image(s)</source>
        <translation>
            <numerusform>Import %n image</numerusform>
            <numerusform>Import %n images</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImportLoginsDialog</name>
    <message numerus="yes">
        <source>Take over %n login(s)</source>
        <translation>
            <numerusform>Take over %n login</numerusform>
            <numerusform>Take over %n logins</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n login(s) could not be had.</source>
        <translation>
            <numerusform>%n login could not be had.</numerusform>
            <numerusform>%n logins could not be had.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::InterruptedStrip</name>
    <message numerus="yes">
        <source>%n transfer(s) were interrupted.</source>
        <translation>
            <numerusform>%n transfer was interrupted.</numerusform>
            <numerusform>%n transfers were interrupted.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::JsonTab</name>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>%n match</numerusform>
            <numerusform>%n matches</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::MainWindow</name>
    <message numerus="yes">
        <source>%n transfer(s) still running. Quit and stop them?</source>
        <translation>
            <numerusform>%n transfer is still running. Quit and stop it?</numerusform>
            <numerusform>%n transfers are still running. Quit and stop them?</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n transfer(s) were interrupted when Tagboat was closed.</source>
        <translation>
            <numerusform>%n transfer was interrupted when Tagboat was closed.</numerusform>
            <numerusform>%n transfers were interrupted when Tagboat was closed.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::NameHistoryDialog</name>
    <message numerus="yes">
        <source>Undo %n changes</source>
        <translation>
            <numerusform>Undo %n change</numerusform>
            <numerusform>Undo %n changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::NewsButton</name>
    <message numerus="yes">
        <source>%n outdated</source>
        <translation>
            <numerusform>%n outdated</numerusform>
            <numerusform>%n outdated</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n not known</source>
        <translation>
            <numerusform>%n not known</numerusform>
            <numerusform>%n not known</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::OutdatedDialog</name>
    <message numerus="yes">
        <source>%n image(s) on it</source>
        <translation>
            <numerusform>%n image on it</numerusform>
            <numerusform>%n images on it</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) outdated</source>
        <translation>
            <numerusform>%n image outdated</numerusform>
            <numerusform>%n images outdated</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::PlanView</name>
    <message numerus="yes">
        <source>Push %n tag(s)</source>
        <translation>
            <numerusform>Push %n tag</numerusform>
            <numerusform>Push %n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Push %1, %n tag(s)</source>
        <translation>
            <numerusform>Push %1, %n tag</numerusform>
            <numerusform>Push %1, %n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::PushDialog</name>
    <message numerus="yes">
        <source>%n platform(s) of the index are not on this computer and stay out</source>
        <translation>
            <numerusform>%n platform of the index is not on this computer and stays out</numerusform>
            <numerusform>%n platforms of the index are not on this computer and stay out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::RemoteRemoveDialog</name>
    <message numerus="yes">
        <source>%1 is one of %n tags of one image</source>
        <translation>
            <numerusform>%1 is one of %n tags of one image</numerusform>
            <numerusform>%1 is one of %n tags of one image</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The image and its other %n tag(s) stay.</source>
        <translation>
            <numerusform>The image and its other tag stay.</numerusform>
            <numerusform>The image and its other %n tags stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) disappear.</source>
        <translation>
            <numerusform>%n tag disappears.</numerusform>
            <numerusform>%n tags disappear.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete image, %n tag(s)</source>
        <translation>
            <numerusform>Delete image, %n tag</numerusform>
            <numerusform>Delete image, %n tags</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::RemoveDialog</name>
    <message numerus="yes">
        <source>Image %1 has %n name(s)</source>
        <translation>
            <numerusform>Image %1 has %n name</numerusform>
            <numerusform>Image %1 has %n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 is one of %n names of image %2</source>
        <translation>
            <numerusform>%1 is one of %n names of image %2</numerusform>
            <numerusform>%1 is one of %n names of image %2</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names of %1</source>
        <translation>
            <numerusform>%n name of %1</numerusform>
            <numerusform>%n names of %1</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove only these %n names</source>
        <translation>
            <numerusform>Remove only this name</numerusform>
            <numerusform>Remove only these %n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete the %n images</source>
        <translation>
            <numerusform>Delete the image</numerusform>
            <numerusform>Delete the %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The image and its other %n name(s) stay.</source>
        <translation>
            <numerusform>The image and its other name stay.</numerusform>
            <numerusform>The image and its other %n names stay.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>All %n names disappear; %1 comes free.</source>
        <translation>
            <numerusform>Its name disappears; %1 comes free.</numerusform>
            <numerusform>All %n names disappear; %1 comes free.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Remove %n name(s)</source>
        <translation>
            <numerusform>Remove %n name</numerusform>
            <numerusform>Remove %n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n image(s)</source>
        <translation>
            <numerusform>Delete %n image</numerusform>
            <numerusform>Delete %n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) attached to it go(es) along, such as signatures.</source>
        <translation>
            <numerusform>%n image attached to it goes along, such as a signature.</numerusform>
            <numerusform>%n images attached to it go along, such as signatures.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::RepositoryPane</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>%n repository</numerusform>
            <numerusform>%n repositories</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::SidebarModel</name>
    <message numerus="yes">
        <source>%n running</source>
        <comment>transfers</comment>
        <translation>
            <numerusform>%n running</numerusform>
            <numerusform>%n running</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paused</source>
        <comment>transfers</comment>
        <translation>
            <numerusform>%n paused</numerusform>
            <numerusform>%n paused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::TagDialog</name>
    <message numerus="yes">
        <source>Add %n name(s)</source>
        <translation>
            <numerusform>Add %n name</numerusform>
            <numerusform>Add %n names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (the former image keeps %n other name(s))</source>
        <translation>
            <numerusform>%1 (the former image keeps %n other name)</numerusform>
            <numerusform>%1 (the former image keeps %n other names)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::Text</name>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n minute ago</numerusform>
            <numerusform>%n minutes ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n hour ago</numerusform>
            <numerusform>%n hours ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) ago</source>
        <translation>
            <numerusform>%n week ago</numerusform>
            <numerusform>%n weeks ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n month ago</numerusform>
            <numerusform>%n months ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n year ago</numerusform>
            <numerusform>%n years ago</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>%n image</numerusform>
            <numerusform>%n images</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>%n tag</numerusform>
            <numerusform>%n tags</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>%n layer</numerusform>
            <numerusform>%n layers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s)</source>
        <translation>
            <numerusform>%n signature</numerusform>
            <numerusform>%n signatures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n SBOM(s)</source>
        <translation>
            <numerusform>%n SBOM</numerusform>
            <numerusform>%n SBOMs</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attestation(s)</source>
        <translation>
            <numerusform>%n attestation</numerusform>
            <numerusform>%n attestations</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other attachment(s)</source>
        <translation>
            <numerusform>%n other attachment</numerusform>
            <numerusform>%n other attachments</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::Transfers</name>
    <message numerus="yes">
        <source>%n transfer(s)</source>
        <translation>
            <numerusform>%n transfer</numerusform>
            <numerusform>%n transfers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paused</source>
        <comment>transfers</comment>
        <translation>
            <numerusform>%n paused</numerusform>
            <numerusform>%n paused</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::UndoNames</name>
    <message numerus="yes">
        <source>%n change(s) of names undone.</source>
        <translation>
            <numerusform>%n change of names undone.</numerusform>
            <numerusform>%n changes of names undone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names were removed.</source>
        <translation>
            <numerusform>%n name was removed.</numerusform>
            <numerusform>%n names were removed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names moved to another image.</source>
        <translation>
            <numerusform>%n name moved to another image.</numerusform>
            <numerusform>%n names moved to another image.</numerusform>
        </translation>
    </message>
</context>
</TS>
