<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko_KR">
<context>
    <name>AccountChoice</name>
    <message>
        <source>%1 (not logged in)</source>
        <translation>%1 (로그인하지 않음)</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <comment>account and user</comment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>Always use this account for %1</source>
        <translation>%1에는 항상 이 계정 사용</translation>
    </message>
    <message>
        <source>by the rule for %1</source>
        <translation>%1 규칙에 따름</translation>
    </message>
</context>
<context>
    <name>AddAccountDialog</name>
    <message>
        <source>Add account</source>
        <translation>계정 추가</translation>
    </message>
    <message>
        <source>Kind of registry</source>
        <translation>레지스트리 종류</translation>
    </message>
    <message>
        <source>&amp;Registry</source>
        <translation>레지스트리(&amp;R)</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>레지스트리</translation>
    </message>
    <message>
        <source>registry.example:5000</source>
        <translation>registry.example:5000</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>사용자(&amp;U)</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>&amp;Password</source>
        <translation>암호(&amp;P)</translation>
    </message>
    <message>
        <source>Password or token</source>
        <translation>암호 또는 토큰</translation>
    </message>
    <message>
        <source>Account &amp;name</source>
        <translation>계정 이름(&amp;N)</translation>
    </message>
    <message>
        <source>Account name</source>
        <translation>계정 이름</translation>
    </message>
    <message>
        <source>Use this account by default at this registry</source>
        <translation>이 레지스트리에서 이 계정을 기본으로 사용</translation>
    </message>
    <message>
        <source>Keep the password for this run only, in memory</source>
        <translation>암호를 이번 실행 동안만 메모리에 보관</translation>
    </message>
</context>
<context>
    <name>CleanUpDialog</name>
    <message>
        <source>Clean up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>Images that no name leads to any more</source>
        <translation>가리키는 이름이 더 이상 없는 이미지</translation>
    </message>
    <message>
        <source>Blobs that no image needs, and what broken transfers left behind</source>
        <translation>어떤 이미지에도 필요 없는 blob과 끊긴 전송이 남긴 파일</translation>
    </message>
    <message>
        <source>Downloads that broke off and that the next pull would go on with</source>
        <translation>중단되었지만 다음에 받을 때 이어질 다운로드</translation>
    </message>
    <message>
        <source>Images older than</source>
        <translation>다음보다 오래된 이미지</translation>
    </message>
    <message>
        <source>Age in days</source>
        <translation>기간(일)</translation>
    </message>
    <message>
        <source> days</source>
        <translation>일</translation>
    </message>
    <message>
        <source>Which age counts</source>
        <translation>기간의 기준</translation>
    </message>
    <message>
        <source>since they were made</source>
        <translation>만든 때부터</translation>
    </message>
    <message>
        <source>since they last came here</source>
        <translation>여기에 마지막으로 들어온 때부터</translation>
    </message>
    <message>
        <source>Old versions; of each repository stay the last</source>
        <translation>이전 버전, 리포지토리마다 남길 최근 버전 수</translation>
    </message>
    <message>
        <source>Versions of each repository that stay</source>
        <translation>리포지토리마다 남길 버전 수</translation>
    </message>
    <message>
        <source>count other tags, too</source>
        <translation>다른 태그도 세기</translation>
    </message>
    <message>
        <source>Tags that are no versions, the newest first; latest always stays</source>
        <translation>버전이 아닌 태그를 최신순으로 셉니다. latest는 항상 남습니다</translation>
    </message>
    <message>
        <source>Of these only names like</source>
        <translation>그중 다음과 같은 이름만</translation>
    </message>
    <message>
        <source>all, or a pattern: alice/*, *:*-dev</source>
        <translation>모두, 또는 패턴: alice/*, *:*-dev</translation>
    </message>
    <message>
        <source>With both rules on, a name goes only if both say so: the last versions stay, however old they are.</source>
        <translation>두 규칙을 모두 켜면 둘 다 해당하는 이름만 삭제됩니다. 최근 버전은 아무리 오래되어도 남습니다.</translation>
    </message>
    <message>
        <source>What would go</source>
        <translation>삭제될 것</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>모두 해제</translation>
    </message>
</context>
<context>
    <name>CompareFilesDialog</name>
    <message>
        <source>&amp;Before</source>
        <translation>이전(&amp;B)</translation>
    </message>
    <message>
        <source>Image before</source>
        <translation>이전 이미지</translation>
    </message>
    <message>
        <source>Platform before</source>
        <translation>이전 이미지의 플랫폼</translation>
    </message>
    <message>
        <source>Exchange the two images</source>
        <translation>두 이미지 바꾸기</translation>
    </message>
    <message>
        <source>&amp;After</source>
        <translation>이후(&amp;A)</translation>
    </message>
    <message>
        <source>Image after</source>
        <translation>이후 이미지</translation>
    </message>
    <message>
        <source>Platform after</source>
        <translation>이후 이미지의 플랫폼</translation>
    </message>
    <message>
        <source>Search: passwd, *.conf, usr/**/lib*</source>
        <translation>검색: passwd, *.conf, usr/**/lib*</translation>
    </message>
    <message>
        <source>Search files</source>
        <translation>파일 검색</translation>
    </message>
    <message>
        <source>List</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>Show paths in one list, without folders</source>
        <translation>폴더 없이 경로를 한 목록으로 보기</translation>
    </message>
    <message>
        <source>Show paths in one list</source>
        <translation>경로를 한 목록으로 보기</translation>
    </message>
    <message>
        <source>Files that differ</source>
        <translation>서로 다른 파일</translation>
    </message>
    <message>
        <source>Reading the files of both images…</source>
        <translation>두 이미지의 파일을 읽는 중…</translation>
    </message>
    <message>
        <source>Reading layers</source>
        <translation>레이어 읽는 중</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>View &amp;former file</source>
        <translation>이전 파일 보기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View file</source>
        <translation>파일 보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Copy list</source>
        <translation>목록 복사(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Save list…</source>
        <translation>목록 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>C&amp;lose</source>
        <translation>닫기(&amp;L)</translation>
    </message>
</context>
<context>
    <name>ConnectionSettings</name>
    <message>
        <source>Connection</source>
        <translation>연결</translation>
    </message>
    <message>
        <source>How this registry is connected to: certificates, address, proxy</source>
        <translation>이 레지스트리에 연결하는 방법: 인증서, 주소, 프록시</translation>
    </message>
    <message>
        <source>Speak plain HTTP to this registry (no encryption)</source>
        <translation>이 레지스트리와는 평문 HTTP로 통신 (암호화 없음)</translation>
    </message>
    <message>
        <source>Connect t&amp;o</source>
        <translation>연결할 주소(&amp;O)</translation>
    </message>
    <message>
        <source>Connect to address</source>
        <translation>연결할 주소</translation>
    </message>
    <message>
        <source>In place of the address that its name stands for, as a line in /etc/hosts would say</source>
        <translation>이름이 가리키는 주소 대신 씁니다. /etc/hosts의 한 줄과 같습니다</translation>
    </message>
    <message>
        <source>&amp;CA file</source>
        <translation>CA 파일(&amp;C)</translation>
    </message>
    <message>
        <source>CA file</source>
        <translation>CA 파일</translation>
    </message>
    <message>
        <source>only for a registry with a certificate of its own</source>
        <translation>자체 인증서를 쓰는 레지스트리에만 필요합니다</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>찾아보기…</translation>
    </message>
    <message>
        <source>Pinned</source>
        <translation>고정된 인증서</translation>
    </message>
    <message>
        <source>Fingerprint of the only certificate that is accepted</source>
        <translation>허용하는 유일한 인증서의 지문</translation>
    </message>
    <message>
        <source>Accept every certificate again that is trusted otherwise</source>
        <translation>신뢰할 수 있는 다른 인증서도 다시 허용</translation>
    </message>
    <message>
        <source>Remove the pinned certificate</source>
        <translation>고정된 인증서 제거</translation>
    </message>
    <message>
        <source>Show the certificate…</source>
        <translation>인증서 보기…</translation>
    </message>
    <message>
        <source>Client c&amp;ertificate</source>
        <translation>클라이언트 인증서(&amp;E)</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>클라이언트 인증서</translation>
    </message>
    <message>
        <source>only for a registry that wants to see one</source>
        <translation>클라이언트 인증서를 요구하는 레지스트리에만 필요합니다</translation>
    </message>
    <message>
        <source>Its &amp;key</source>
        <translation>인증서의 키(&amp;K)</translation>
    </message>
    <message>
        <source>Key of the client certificate</source>
        <translation>클라이언트 인증서의 키</translation>
    </message>
    <message>
        <source>empty: in the same file</source>
        <translation>비워 두면 같은 파일에서 찾습니다</translation>
    </message>
    <message>
        <source>Pro&amp;xy</source>
        <translation>프록시(&amp;X)</translation>
    </message>
    <message>
        <source>Proxy</source>
        <translation>프록시</translation>
    </message>
    <message>
        <source>As the system says</source>
        <translation>시스템 설정대로</translation>
    </message>
    <message>
        <source>None</source>
        <translation>사용 안 함</translation>
    </message>
    <message>
        <source>This one:</source>
        <translation>직접 지정:</translation>
    </message>
    <message>
        <source>Address of the proxy</source>
        <translation>프록시 주소</translation>
    </message>
</context>
<context>
    <name>ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Images to export, and the names they carry</source>
        <translation>내보낼 이미지와 함께 저장할 이름</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Image ID</source>
        <translation>이미지 ID</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Size here</source>
        <translation>여기서의 크기</translation>
    </message>
    <message>
        <source>Format:</source>
        <translation>형식:</translation>
    </message>
    <message>
        <source>Docker archive</source>
        <translation>Docker 아카이브</translation>
    </message>
    <message>
        <source>For “docker load” and “podman load” of any age: one platform, layers unpacked.</source>
        <translation>모든 버전의 “docker load”와 “podman load”용: 플랫폼 하나, 레이어는 압축을 풀어 담습니다.</translation>
    </message>
    <message>
        <source>OCI archive</source>
        <translation>OCI 아카이브</translation>
    </message>
    <message>
        <source>Everything byte for byte, with its digests: all platforms, signatures, charts. Read by Tagboat, podman, skopeo and Docker from version 25 with the containerd image store.</source>
        <translation>다이제스트까지 바이트 그대로 모두 담습니다: 모든 플랫폼, 서명, 차트. Tagboat, podman, skopeo, 그리고 containerd 이미지 저장소를 쓰는 Docker 25 이상이 읽습니다.</translation>
    </message>
    <message>
        <source>Platform:</source>
        <translation>플랫폼:</translation>
    </message>
    <message>
        <source>Compression:</source>
        <translation>압축:</translation>
    </message>
    <message>
        <source>Files:</source>
        <translation>파일:</translation>
    </message>
    <message>
        <source>One file for all</source>
        <translation>모두 한 파일로</translation>
    </message>
    <message>
        <source>Layers that images share are in it once</source>
        <translation>이미지들이 공유하는 레이어는 한 번만 담깁니다</translation>
    </message>
    <message>
        <source>A file for each image</source>
        <translation>이미지마다 파일 하나씩</translation>
    </message>
    <message>
        <source>File:</source>
        <translation>파일:</translation>
    </message>
    <message>
        <source>Browse…</source>
        <translation>찾아보기…</translation>
    </message>
</context>
<context>
    <name>FileViewDialog</name>
    <message>
        <source>Text of the file</source>
        <translation>파일의 텍스트</translation>
    </message>
    <message>
        <source>Bytes of the file</source>
        <translation>파일의 바이트</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>파일을 읽는 중…</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Find in the file</source>
        <translation>파일에서 찾기</translation>
    </message>
    <message>
        <source>Previous one (Shift+Enter)</source>
        <translation>이전 항목 (Shift+Enter)</translation>
    </message>
    <message>
        <source>Find the previous one</source>
        <translation>이전 항목 찾기</translation>
    </message>
    <message>
        <source>Next one (Enter)</source>
        <translation>다음 항목 (Enter)</translation>
    </message>
    <message>
        <source>Find the next one</source>
        <translation>다음 항목 찾기</translation>
    </message>
    <message>
        <source>Close the search</source>
        <translation>찾기 닫기</translation>
    </message>
    <message>
        <source>&amp;Wrap lines</source>
        <translation>줄 바꿈(&amp;W)</translation>
    </message>
    <message>
        <source>&amp;Hex</source>
        <translation>16진수(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;Find…</source>
        <translation>찾기(&amp;F)…</translation>
    </message>
    <message>
        <source>&amp;Save as…</source>
        <translation>다른 이름으로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>닫기(&amp;C)</translation>
    </message>
</context>
<context>
    <name>FilesTab</name>
    <message>
        <source>Layer whose files are shown</source>
        <translation>파일을 볼 레이어</translation>
    </message>
    <message>
        <source>Search: passwd, *.conf, usr/**/lib*</source>
        <translation>검색: passwd, *.conf, usr/**/lib*</translation>
    </message>
    <message>
        <source>Search files</source>
        <translation>파일 검색</translation>
    </message>
    <message>
        <source>List</source>
        <translation>목록</translation>
    </message>
    <message>
        <source>Show paths in one list, without folders</source>
        <translation>폴더 없이 경로를 한 목록으로 보기</translation>
    </message>
    <message>
        <source>Show paths in one list</source>
        <translation>경로를 한 목록으로 보기</translation>
    </message>
    <message>
        <source>Show the files that a later layer deletes or writes anew, the largest first</source>
        <translation>뒤의 레이어가 삭제하거나 새로 쓰는 파일을 큰 것부터 보기</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Reading layers</source>
        <translation>레이어 읽는 중</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
</context>
<context>
    <name>ImageDetailsPane</name>
    <message>
        <source>Details of the image</source>
        <translation>이미지 상세 정보</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Add tag…</source>
        <translation>태그 추가…</translation>
    </message>
    <message>
        <source>Remove tag…</source>
        <translation>태그 제거…</translation>
    </message>
    <message>
        <source>Tags of the image</source>
        <translation>이미지의 태그</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Pull this platform…</source>
        <translation>이 플랫폼 풀…</translation>
    </message>
    <message>
        <source>Platforms of the image</source>
        <translation>이미지의 플랫폼</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Disk</source>
        <translation>디스크</translation>
    </message>
</context>
<context>
    <name>ImagesPage</name>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Filter: nginx, */image-gallery</source>
        <translation>필터: nginx, */image-gallery</translation>
    </message>
    <message>
        <source>Filter images</source>
        <translation>이미지 필터</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>No images on this computer yet</source>
        <translation>이 컴퓨터에 아직 이미지가 없습니다</translation>
    </message>
    <message>
        <source>Images that you pull from a registry or import from an archive are kept here, each layer once. Pull one by its name, import a file made by “docker save”, or drop the file onto this window.</source>
        <translation>레지스트리에서 풀하거나 아카이브에서 가져온 이미지가 여기에 보관되며, 같은 레이어는 한 번만 저장됩니다. 이름으로 이미지를 풀하거나, “docker save”로 만든 파일을 가져오거나, 파일을 이 창에 끌어다 놓으십시오.</translation>
    </message>
    <message>
        <source>Show all images</source>
        <translation>모든 이미지 보기</translation>
    </message>
    <message>
        <source>Conditions for the filter</source>
        <translation>필터 조건</translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Choose what to take, and under which names. A double click changes them; blanks part several.</source>
        <translation>무엇을 어떤 이름으로 가져올지 고르십시오. 두 번 클릭하면 이름을 바꿀 수 있고, 여러 이름은 빈칸으로 나눕니다.</translation>
    </message>
    <message>
        <source>Images in the archives</source>
        <translation>아카이브에 든 이미지</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Image ID</source>
        <translation>이미지 ID</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>여기</translation>
    </message>
    <message>
        <source>Change names…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Choose all</source>
        <translation>모두 선택</translation>
    </message>
    <message>
        <source>Choose none</source>
        <translation>모두 해제</translation>
    </message>
</context>
<context>
    <name>ImportLoginsDialog</name>
    <message>
        <source>Take over logins</source>
        <translation>로그인 가져오기</translation>
    </message>
    <message>
        <source>These logins are kept by Docker and Podman on this computer. Those that are chosen become accounts, their passwords go into the system keychain.</source>
        <translation>이 컴퓨터의 Docker와 Podman이 보관하고 있는 로그인입니다. 선택한 것은 계정이 되고, 암호는 시스템 키체인에 저장됩니다.</translation>
    </message>
    <message>
        <source>Logins of Docker and Podman</source>
        <translation>Docker와 Podman의 로그인</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>레지스트리</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Kept by</source>
        <translation>보관하는 곳</translation>
    </message>
    <message>
        <source>Here</source>
        <translation>여기</translation>
    </message>
    <message>
        <source>Take the passwords out of those files; Docker and Podman ask Tagboat for them from then on</source>
        <translation>파일에서 암호를 지웁니다. 이후 Docker와 Podman은 Tagboat에 암호를 요청합니다</translation>
    </message>
</context>
<context>
    <name>JobText</name>
    <message>
        <source>Pushed</source>
        <translation>푸시함</translation>
    </message>
    <message>
        <source>Push</source>
        <translation>푸시</translation>
    </message>
    <message>
        <source>Pulled</source>
        <translation>풀함</translation>
    </message>
    <message>
        <source>Pull</source>
        <translation>풀</translation>
    </message>
    <message>
        <source>Copied</source>
        <translation>복사함</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Imported</source>
        <translation>가져옴</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Exported</source>
        <translation>내보냄</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>→ %1 as</source>
        <translation>→ %1, 계정</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message numerus="yes">
        <source>%n platform(s)</source>
        <translation>
            <numerusform>플랫폼 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>waiting</source>
        <translation>대기 중</translation>
    </message>
    <message>
        <source>preparing</source>
        <translation>준비 중</translation>
    </message>
    <message>
        <source>finishing</source>
        <translation>마무리 중</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
    <message>
        <source>cancelled</source>
        <translation>취소됨</translation>
    </message>
    <message>
        <source>interrupted</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message>
        <source>all was here already</source>
        <translation>이미 모두 여기에 있었습니다</translation>
    </message>
    <message>
        <source>all was there already</source>
        <translation>이미 모두 그곳에 있었습니다</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%2 동안 %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <comment>number and state of layers, &apos;4 uploading&apos;</comment>
        <translation>%1개 %2</translation>
    </message>
    <message>
        <source>already here</source>
        <translation>이미 여기에 있음</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>이미 있음</translation>
    </message>
    <message>
        <source>mounted</source>
        <translation>마운트됨</translation>
    </message>
    <message>
        <source>downloading</source>
        <translation>다운로드 중</translation>
    </message>
    <message>
        <source>uploading</source>
        <translation>업로드 중</translation>
    </message>
    <message>
        <source>verifying</source>
        <translation>검증 중</translation>
    </message>
    <message>
        <source>trying again</source>
        <translation>다시 시도 중</translation>
    </message>
    <message>
        <source>done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>paused</source>
        <translation>일시 정지됨</translation>
    </message>
    <message numerus="yes">
        <source>%n destination(s)</source>
        <translation>
            <numerusform>대상 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 of %2 failed</source>
        <comment>destinations</comment>
        <translation>%2개 중 %1개 실패</translation>
    </message>
    <message>
        <source>taken over from another repository</source>
        <translation>다른 리포지토리에서 가져옴</translation>
    </message>
    <message>
        <source>taking over from another repository</source>
        <translation>다른 리포지토리에서 가져오는 중</translation>
    </message>
</context>
<context>
    <name>JsonTab</name>
    <message>
        <source>Document</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>How it is shown</source>
        <translation>표시 방식</translation>
    </message>
    <message>
        <source>Find</source>
        <translation>찾기</translation>
    </message>
    <message>
        <source>Copy exact bytes</source>
        <translation>바이트 그대로 복사</translation>
    </message>
    <message>
        <source>Copies the document as it is stored: its digest is over these bytes</source>
        <translation>저장된 그대로의 문서를 복사합니다. 다이제스트는 이 바이트에 대한 것입니다</translation>
    </message>
    <message>
        <source>Save as…</source>
        <translation>다른 이름으로 저장…</translation>
    </message>
    <message>
        <source>Writes the exact bytes to a file</source>
        <translation>바이트 그대로 파일에 저장합니다</translation>
    </message>
    <message>
        <source>Copy digest</source>
        <translation>다이제스트 복사</translation>
    </message>
    <message>
        <source>Find in this document</source>
        <translation>이 문서에서 찾기</translation>
    </message>
    <message>
        <source>Previous match (Shift+F3)</source>
        <translation>이전 결과 (Shift+F3)</translation>
    </message>
    <message>
        <source>Previous match</source>
        <translation>이전 결과</translation>
    </message>
    <message>
        <source>Next match (F3)</source>
        <translation>다음 결과 (F3)</translation>
    </message>
    <message>
        <source>Next match</source>
        <translation>다음 결과</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>닫기 (Esc)</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Places</source>
        <translation>위치</translation>
    </message>
</context>
<context>
    <name>NameHistoryDialog</name>
    <message>
        <source>History of names</source>
        <translation>이름 기록</translation>
    </message>
    <message>
        <source>Filter: nginx</source>
        <translation>필터: nginx</translation>
    </message>
    <message>
        <source>Filter history</source>
        <translation>기록 필터</translation>
    </message>
</context>
<context>
    <name>OpenRepositoryDialog</name>
    <message>
        <source>Open repository</source>
        <translation>리포지토리 열기</translation>
    </message>
    <message>
        <source>The registry does not have to list a repository for it to be opened.</source>
        <translation>레지스트리 목록에 없는 리포지토리도 열 수 있습니다.</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>리포지토리</translation>
    </message>
    <message>
        <source>library/nginx</source>
        <translation>library/nginx</translation>
    </message>
</context>
<context>
    <name>OutdatedDialog</name>
    <message>
        <source>Outdated images</source>
        <translation>오래된 이미지</translation>
    </message>
    <message>
        <source>Outdated images, by what is newer</source>
        <translation>오래된 이미지, 새로워진 것별로</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Was</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Is now</source>
        <translation>지금</translation>
    </message>
    <message>
        <source>Checked</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>An image keeps the layers of its old base until it is built anew: pull the new base, then build.</source>
        <translation>이미지는 다시 빌드할 때까지 옛 베이스의 레이어를 그대로 가집니다. 새 베이스를 풀한 다음 빌드하십시오.</translation>
    </message>
    <message>
        <source>Copy list</source>
        <translation>목록 복사</translation>
    </message>
    <message>
        <source>Show in list</source>
        <translation>목록에서 보기</translation>
    </message>
</context>
<context>
    <name>PullDialog</name>
    <message>
        <source>Pull an image</source>
        <translation>이미지 풀</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>이미지(&amp;I)</translation>
    </message>
    <message>
        <source>Image to pull</source>
        <translation>풀할 이미지</translation>
    </message>
    <message>
        <source>nginx, alice/ui:v1, registry.local:5000/gallery/ui@sha256:…</source>
        <translation>nginx, alice/ui:v1, registry.local:5000/gallery/ui@sha256:…</translation>
    </message>
    <message>
        <source>&amp;Account</source>
        <translation>계정(&amp;A)</translation>
    </message>
    <message>
        <source>Account to pull as</source>
        <translation>풀에 사용할 계정</translation>
    </message>
    <message>
        <source>&amp;Platform</source>
        <translation>플랫폼(&amp;P)</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>What the pull will do</source>
        <translation>풀할 때 일어날 일</translation>
    </message>
    <message>
        <source>Include &amp;signatures and SBOMs</source>
        <translation>서명과 SBOM 포함(&amp;S)</translation>
    </message>
    <message>
        <source>Signatures, SBOMs, attestations and whatever else refers to this image at the registry come along and are kept with it. Asking for them takes a moment longer.</source>
        <translation>레지스트리에서 이 이미지를 가리키는 서명, SBOM, 증명 등을 함께 가져와 이미지와 같이 보관합니다. 확인하는 데 조금 더 걸립니다.</translation>
    </message>
</context>
<context>
    <name>PushDialog</name>
    <message>
        <source>Push</source>
        <translation>푸시</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>To &amp;account</source>
        <translation>대상 계정(&amp;A)</translation>
    </message>
    <message>
        <source>Account to push as</source>
        <translation>푸시에 사용할 계정</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>계정 추가…</translation>
    </message>
    <message>
        <source>&amp;Repository</source>
        <translation>리포지토리(&amp;R)</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>리포지토리</translation>
    </message>
    <message>
        <source>name, or group/name</source>
        <translation>이름 또는 그룹/이름</translation>
    </message>
    <message>
        <source>&amp;Tags</source>
        <translation>태그(&amp;T)</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>&amp;Platform</source>
        <translation>플랫폼(&amp;P)</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>What the push will do</source>
        <translation>푸시할 때 일어날 일</translation>
    </message>
    <message>
        <source>Include &amp;signatures and SBOMs</source>
        <translation>서명과 SBOM 포함(&amp;S)</translation>
    </message>
    <message>
        <source>Signatures, SBOMs, attestations and whatever else refers to this image on this computer go to the registry with it. The image itself stays the same.</source>
        <translation>이 컴퓨터에서 이 이미지를 가리키는 서명, SBOM, 증명 등을 이미지와 함께 레지스트리로 보냅니다. 이미지 자체는 바뀌지 않습니다.</translation>
    </message>
</context>
<context>
    <name>QFileDialog</name>
    <message>
        <source>Look in:</source>
        <translation>찾는 위치:</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>뒤로</translation>
    </message>
    <message>
        <source>Go back</source>
        <translation>뒤로 가기</translation>
    </message>
    <message>
        <source>Forward</source>
        <translation>앞으로</translation>
    </message>
    <message>
        <source>Go forward</source>
        <translation>앞으로 가기</translation>
    </message>
    <message>
        <source>Parent Directory</source>
        <translation>상위 폴더</translation>
    </message>
    <message>
        <source>Go to the parent directory</source>
        <translation>상위 폴더로 이동</translation>
    </message>
    <message>
        <source>Create New Folder</source>
        <translation>새 폴더 만들기</translation>
    </message>
    <message>
        <source>Create a New Folder</source>
        <translation>새 폴더 만들기</translation>
    </message>
    <message>
        <source>List View</source>
        <translation>목록 보기</translation>
    </message>
    <message>
        <source>Change to list view mode</source>
        <translation>목록 보기로 전환</translation>
    </message>
    <message>
        <source>Detail View</source>
        <translation>자세히 보기</translation>
    </message>
    <message>
        <source>Change to detail view mode</source>
        <translation>자세히 보기로 전환</translation>
    </message>
    <message>
        <source>Sidebar</source>
        <translation>사이드바</translation>
    </message>
    <message>
        <source>List of places and bookmarks</source>
        <translation>위치와 책갈피 목록</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Files of type:</source>
        <translation>파일 형식:</translation>
    </message>
    <message>
        <source>&amp;File name:</source>
        <translation>파일 이름(&amp;F):</translation>
    </message>
    <message>
        <source>File &amp;name:</source>
        <translation>파일 이름(&amp;N):</translation>
    </message>
    <message>
        <source>&amp;Open</source>
        <translation>열기(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Save</source>
        <translation>저장(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Choose</source>
        <translation>선택(&amp;C)</translation>
    </message>
    <message>
        <source>Directory:</source>
        <translation>폴더:</translation>
    </message>
    <message>
        <source>&amp;Rename</source>
        <translation>이름 바꾸기(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Delete</source>
        <translation>삭제(&amp;D)</translation>
    </message>
    <message>
        <source>Show &amp;hidden files</source>
        <translation>숨김 파일 표시(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New Folder</source>
        <translation>새 폴더(&amp;N)</translation>
    </message>
    <message>
        <source>New Folder</source>
        <translation>새 폴더</translation>
    </message>
    <message>
        <source>All Files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Directories</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>Recent Places</source>
        <translation>최근 위치</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>%1 already exists.
Do you want to replace it?</source>
        <translation>%1 파일이 이미 있습니다.
바꾸시겠습니까?</translation>
    </message>
    <message>
        <source>%1
File not found.
Please verify the correct file name was given.</source>
        <translation>%1
파일을 찾을 수 없습니다.
파일 이름이 올바른지 확인하십시오.</translation>
    </message>
    <message>
        <source>%1
Directory not found.
Please verify the correct directory name was given.</source>
        <translation>%1
폴더를 찾을 수 없습니다.
폴더 이름이 올바른지 확인하십시오.</translation>
    </message>
</context>
<context>
    <name>QFileSystemModel</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Type</source>
        <translation>형식</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Date Modified</source>
        <translation>수정한 날짜</translation>
    </message>
    <message>
        <source>My Computer</source>
        <translation>내 컴퓨터</translation>
    </message>
    <message>
        <source>Computer</source>
        <translation>컴퓨터</translation>
    </message>
    <message>
        <source>%1 KB</source>
        <translation>%1 KB</translation>
    </message>
    <message>
        <source>%1 MB</source>
        <translation>%1 MB</translation>
    </message>
    <message>
        <source>%1 GB</source>
        <translation>%1 GB</translation>
    </message>
    <message>
        <source>%1 TB</source>
        <translation>%1 TB</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
</context>
<context>
    <name>QLineEdit</name>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>잘라내기(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>모두 선택</translation>
    </message>
</context>
<context>
    <name>QPlatformTheme</name>
    <message>
        <source>OK</source>
        <translation>확인</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Save All</source>
        <translation>모두 저장</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>&amp;Yes</source>
        <translation>예(&amp;Y)</translation>
    </message>
    <message>
        <source>Yes to &amp;All</source>
        <translation>모두 예(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;No</source>
        <translation>아니요(&amp;N)</translation>
    </message>
    <message>
        <source>N&amp;o to All</source>
        <translation>모두 아니요(&amp;O)</translation>
    </message>
    <message>
        <source>Abort</source>
        <translation>중단</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Ignore</source>
        <translation>무시</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>버리기</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>도움말</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>적용</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>초기화</translation>
    </message>
    <message>
        <source>Restore Defaults</source>
        <translation>기본값 복원</translation>
    </message>
</context>
<context>
    <name>QWidgetTextControl</name>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>Cu&amp;t</source>
        <translation>잘라내기(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Copy</source>
        <translation>복사(&amp;C)</translation>
    </message>
    <message>
        <source>Copy &amp;Link Location</source>
        <translation>링크 주소 복사(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Paste</source>
        <translation>붙여넣기(&amp;P)</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>삭제</translation>
    </message>
    <message>
        <source>Select All</source>
        <translation>모두 선택</translation>
    </message>
</context>
<context>
    <name>RegistryPage</name>
    <message>
        <source>Filter repositories</source>
        <translation>리포지토리 필터</translation>
    </message>
    <message>
        <source>Repositories</source>
        <translation>리포지토리</translation>
    </message>
    <message>
        <source>Filter tags</source>
        <translation>태그 필터</translation>
    </message>
    <message>
        <source>Filter tags: 2.1</source>
        <translation>태그 필터: 2.1</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>개요</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>JSON</source>
        <translation>JSON</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>매니페스트</translation>
    </message>
</context>
<context>
    <name>RemoteRemoveDialog</name>
    <message>
        <source>Delete from registry</source>
        <translation>레지스트리에서 삭제</translation>
    </message>
    <message>
        <source>Remove only the tag</source>
        <translation>태그만 제거</translation>
    </message>
    <message>
        <source>Tag to remove</source>
        <translation>제거할 태그</translation>
    </message>
    <message>
        <source>Delete the image</source>
        <translation>이미지 삭제</translation>
    </message>
</context>
<context>
    <name>RemoveDialog</name>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
</context>
<context>
    <name>TagDialog</name>
    <message>
        <source>Tag an image</source>
        <translation>이미지에 태그 지정</translation>
    </message>
    <message>
        <source>Image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>New &amp;name</source>
        <translation>새 이름(&amp;N)</translation>
    </message>
    <message>
        <source>New name</source>
        <translation>새 이름</translation>
    </message>
</context>
<context>
    <name>Tagboat::AboutBox</name>
    <message>
        <source>About Tagboat</source>
        <translation>Tagboat 정보</translation>
    </message>
    <message>
        <source>Push, pull, name and tidy container images by pointing and clicking.</source>
        <translation>컨테이너 이미지를 클릭만으로 푸시하고, 풀하고, 이름 짓고, 정리합니다.</translation>
    </message>
    <message>
        <source>Free software under the GNU General Public License, version 3 or later.</source>
        <translation>GNU 일반 공중 사용 허가서 버전 3 이상을 따르는 자유 소프트웨어입니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::Actions</name>
    <message>
        <source>&amp;Pull…</source>
        <translation>풀(&amp;P)…</translation>
    </message>
    <message>
        <source>Fetch an image from a registry</source>
        <translation>레지스트리에서 이미지를 받아 옵니다</translation>
    </message>
    <message>
        <source>Pu&amp;sh…</source>
        <translation>푸시(&amp;S)…</translation>
    </message>
    <message>
        <source>Send the chosen image to a registry</source>
        <translation>선택한 이미지를 레지스트리로 보냅니다</translation>
    </message>
    <message>
        <source>&amp;Import…</source>
        <translation>가져오기(&amp;I)…</translation>
    </message>
    <message>
        <source>Take images from a docker save or OCI archive</source>
        <translation>docker save 또는 OCI 아카이브에서 이미지를 가져옵니다</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>내보내기(&amp;E)…</translation>
    </message>
    <message>
        <source>Write the chosen image into an archive</source>
        <translation>선택한 이미지를 아카이브로 저장합니다</translation>
    </message>
    <message>
        <source>&amp;Tag…</source>
        <translation>태그 지정(&amp;T)…</translation>
    </message>
    <message>
        <source>Give the chosen image another name</source>
        <translation>선택한 이미지에 다른 이름을 붙입니다</translation>
    </message>
    <message>
        <source>&amp;Remove tag…</source>
        <translation>태그 제거(&amp;R)…</translation>
    </message>
    <message>
        <source>Remove the chosen name; shows first what stays</source>
        <translation>선택한 이름을 제거합니다. 무엇이 남는지 먼저 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Delete image…</source>
        <translation>이미지 삭제(&amp;D)…</translation>
    </message>
    <message>
        <source>Delete the image with all its names; shows first what goes</source>
        <translation>이미지를 모든 이름과 함께 삭제합니다. 무엇이 사라지는지 먼저 보여 줍니다</translation>
    </message>
    <message>
        <source>&amp;Clean up…</source>
        <translation>정리(&amp;C)…</translation>
    </message>
    <message>
        <source>Free disk space that no image needs</source>
        <translation>어떤 이미지에도 필요 없는 디스크 공간을 비웁니다</translation>
    </message>
    <message>
        <source>Copy &amp;name</source>
        <translation>이름 복사(&amp;N)</translation>
    </message>
    <message>
        <source>Copy image &amp;ID</source>
        <translation>이미지 ID 복사(&amp;I)</translation>
    </message>
    <message>
        <source>Copy di&amp;gest</source>
        <translation>다이제스트 복사(&amp;G)</translation>
    </message>
    <message>
        <source>Copy pull c&amp;ommand</source>
        <translation>풀 명령 복사(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Filter</source>
        <translation>필터(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>새로 고침(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Group tags by image</source>
        <translation>태그를 이미지별로 묶기(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Details</source>
        <translation>상세 정보(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Add account…</source>
        <translation>계정 추가(&amp;A)…</translation>
    </message>
    <message>
        <source>Log in to a registry</source>
        <translation>레지스트리에 로그인합니다</translation>
    </message>
    <message>
        <source>&amp;Edit account…</source>
        <translation>계정 편집(&amp;E)…</translation>
    </message>
    <message>
        <source>&amp;Log out…</source>
        <translation>로그아웃(&amp;L)…</translation>
    </message>
    <message>
        <source>&amp;Open repository…</source>
        <translation>리포지토리 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>취소(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Retry</source>
        <translation>다시 시도(&amp;R)</translation>
    </message>
    <message>
        <source>C&amp;lear finished</source>
        <translation>완료 항목 지우기(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Sidebar</source>
        <translation>사이드바(&amp;S)</translation>
    </message>
    <message>
        <source>This &amp;computer</source>
        <translation>이 컴퓨터(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Transfers</source>
        <translation>전송(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;About Tagboat</source>
        <translation>Tagboat 정보(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>As the &amp;system</source>
        <translation>시스템 설정 따르기(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Light</source>
        <translation>밝게(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Dark</source>
        <translation>어둡게(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>일시 정지(&amp;P)</translation>
    </message>
    <message>
        <source>Stop this transfer for now; it keeps its place</source>
        <translation>이 전송을 잠시 멈춥니다. 순서는 그대로입니다</translation>
    </message>
    <message>
        <source>Re&amp;sume</source>
        <translation>이어서 하기(&amp;S)</translation>
    </message>
    <message>
        <source>Go on with this transfer</source>
        <translation>이 전송을 이어서 합니다</translation>
    </message>
    <message>
        <source>Move to &amp;top</source>
        <translation>맨 위로(&amp;T)</translation>
    </message>
    <message>
        <source>Move &amp;up</source>
        <translation>위로(&amp;U)</translation>
    </message>
    <message>
        <source>Move do&amp;wn</source>
        <translation>아래로(&amp;W)</translation>
    </message>
    <message>
        <source>Pause &amp;all</source>
        <translation>모두 일시 정지(&amp;A)</translation>
    </message>
    <message>
        <source>Stop all transfers for now; they keep their places</source>
        <translation>모든 전송을 잠시 멈춥니다. 순서는 그대로입니다</translation>
    </message>
    <message>
        <source>R&amp;esume all</source>
        <translation>모두 이어서 하기(&amp;E)</translation>
    </message>
    <message>
        <source>Go on with all paused transfers</source>
        <translation>일시 정지한 전송을 모두 이어서 합니다</translation>
    </message>
    <message>
        <source>&amp;Take over logins of Docker…</source>
        <translation>Docker 로그인 가져오기(&amp;T)…</translation>
    </message>
    <message>
        <source>Make accounts of the logins that Docker and Podman keep</source>
        <translation>Docker와 Podman이 보관하는 로그인으로 계정을 만듭니다</translation>
    </message>
    <message>
        <source>Copy na&amp;mes</source>
        <translation>이름들 복사(&amp;M)</translation>
    </message>
    <message>
        <source>Copy ro&amp;ws</source>
        <translation>행 복사(&amp;W)</translation>
    </message>
    <message>
        <source>Copy the chosen rows as they stand there, columns parted by tabs</source>
        <translation>선택한 행을 보이는 그대로, 열을 탭으로 구분하여 복사합니다</translation>
    </message>
    <message>
        <source>&amp;Undo change of names</source>
        <translation>이름 변경 실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Give names back to the images that had them before the last change</source>
        <translation>마지막 변경 전의 이미지에 이름을 돌려줍니다</translation>
    </message>
    <message>
        <source>&amp;History of names…</source>
        <translation>이름 기록(&amp;H)…</translation>
    </message>
    <message>
        <source>Which image each name meant, and what changed it</source>
        <translation>각 이름이 어느 이미지를 가리켰는지, 무엇이 바꾸었는지 보여 줍니다</translation>
    </message>
    <message>
        <source>Check for ne&amp;wer images</source>
        <translation>새 이미지 확인(&amp;W)</translation>
    </message>
    <message>
        <source>Ask the registries whether images here, or their bases, have moved on there. Nothing is pulled.</source>
        <translation>여기 있는 이미지나 그 베이스가 레지스트리에서 바뀌었는지 물어봅니다. 아무것도 풀하지 않습니다.</translation>
    </message>
    <message>
        <source>Check &amp;this in its registry</source>
        <translation>선택한 이미지를 레지스트리에서 확인(&amp;T)</translation>
    </message>
    <message>
        <source>Ask the registries about the chosen images and their bases only</source>
        <translation>선택한 이미지와 그 베이스에 대해서만 레지스트리에 물어봅니다</translation>
    </message>
    <message>
        <source>Check for newer images &amp;once a day</source>
        <translation>하루에 한 번 새 이미지 확인(&amp;O)</translation>
    </message>
    <message>
        <source>Tells the registries each day which of their images are here; while this is off, they are asked only when you say so</source>
        <translation>여기에 어떤 이미지가 있는지 레지스트리에 매일 알리게 됩니다. 꺼 두면 직접 요청할 때만 물어봅니다</translation>
    </message>
    <message>
        <source>&amp;Outdated images…</source>
        <translation>오래된 이미지(&amp;O)…</translation>
    </message>
    <message>
        <source>All images that stand on an outdated base, or are newer in their registry</source>
        <translation>오래된 베이스 위에 있거나 레지스트리에 새 버전이 있는 모든 이미지</translation>
    </message>
    <message>
        <source>&amp;View file</source>
        <translation>파일 보기(&amp;V)</translation>
    </message>
    <message>
        <source>Show what is in the chosen file</source>
        <translation>선택한 파일의 내용 보기</translation>
    </message>
    <message>
        <source>&amp;Save file as…</source>
        <translation>파일을 다른 이름으로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Save the chosen file of the image on this computer</source>
        <translation>이미지에서 선택한 파일을 이 컴퓨터에 저장</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>경로 복사(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Expand</source>
        <translation>펼치기(&amp;E)</translation>
    </message>
    <message>
        <source>Open the chosen folder and those in it</source>
        <translation>선택한 폴더와 그 안의 폴더 펼치기</translation>
    </message>
    <message>
        <source>&amp;Collapse</source>
        <translation>접기(&amp;C)</translation>
    </message>
    <message>
        <source>Close the chosen folder</source>
        <translation>선택한 폴더 접기</translation>
    </message>
    <message>
        <source>&amp;Compare with another image…</source>
        <translation>다른 이미지와 비교(&amp;C)…</translation>
    </message>
    <message>
        <source>Show which files differ between this image and another</source>
        <translation>이 이미지와 다른 이미지에서 어떤 파일이 다른지 보기</translation>
    </message>
</context>
<context>
    <name>Tagboat::AddAccountDialog</name>
    <message>
        <source>Test</source>
        <translation>테스트</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Log in</source>
        <translation>로그인</translation>
    </message>
    <message>
        <source>Account %1</source>
        <translation>계정 %1</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>변경 없음</translation>
    </message>
    <message>
        <source>Logging in to %1…</source>
        <translation>%1에 로그인하는 중…</translation>
    </message>
    <message>
        <source>It speaks plain HTTP.</source>
        <translation>평문 HTTP로 통신합니다.</translation>
    </message>
    <message>
        <source>The connection is encrypted.</source>
        <translation>연결이 암호화되어 있습니다.</translation>
    </message>
    <message>
        <source>The login works.</source>
        <translation>로그인에 성공했습니다.</translation>
    </message>
    <message>
        <source>The registry answers, but wants a login.</source>
        <translation>레지스트리가 응답하지만 로그인이 필요합니다.</translation>
    </message>
    <message>
        <source>The registry answers; it asks for no login.</source>
        <translation>레지스트리가 응답하며 로그인을 요구하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 cannot be used.</source>
        <translation>%1 파일을 사용할 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::Archives</name>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Image archives (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst *.tar.bz2)</source>
        <translation>이미지 아카이브 (*.tar *.tar.gz *.tgz *.tar.xz *.tar.zst *.tar.bz2)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>Tagboat::Artifacts</name>
    <message>
        <source>image</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>signature</source>
        <translation>서명</translation>
    </message>
    <message>
        <source>SBOM</source>
        <translation>SBOM</translation>
    </message>
    <message>
        <source>attestation</source>
        <translation>증명</translation>
    </message>
    <message>
        <source>provenance</source>
        <translation>출처 증명</translation>
    </message>
    <message>
        <source>Helm chart</source>
        <translation>Helm 차트</translation>
    </message>
    <message>
        <source>WebAssembly module</source>
        <translation>WebAssembly 모듈</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>AI model</source>
        <translation>AI 모델</translation>
    </message>
    <message>
        <source>artifact</source>
        <translation>아티팩트</translation>
    </message>
    <message>
        <source>SBOM (SPDX)</source>
        <translation>SBOM (SPDX)</translation>
    </message>
    <message>
        <source>SBOM (CycloneDX)</source>
        <translation>SBOM (CycloneDX)</translation>
    </message>
    <message>
        <source>provenance (SLSA 1)</source>
        <translation>출처 증명 (SLSA 1)</translation>
    </message>
    <message>
        <source>provenance (SLSA 0.2)</source>
        <translation>출처 증명 (SLSA 0.2)</translation>
    </message>
    <message>
        <source>known vulnerabilities</source>
        <translation>알려진 취약점</translation>
    </message>
    <message>
        <source>exploitability (VEX)</source>
        <translation>악용 가능성 (VEX)</translation>
    </message>
</context>
<context>
    <name>Tagboat::Certificate</name>
    <message>
        <source>It is another one than you trusted before. Either it was renewed, or somebody stands between you and the registry: trust it only if you know that it was renewed.</source>
        <translation>전에 신뢰한 인증서와 다릅니다. 인증서가 갱신되었거나 누군가 레지스트리와의 사이에 끼어 있습니다. 갱신된 것을 알고 있을 때만 신뢰하십시오.</translation>
    </message>
    <message>
        <source>It is issued for %1, not for %2: another server may be answering here.</source>
        <translation>%2이(가) 아니라 %1에 발급되었습니다. 다른 서버가 응답하고 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>It expired on %1.</source>
        <translation>%1에 만료되었습니다.</translation>
    </message>
    <message>
        <source>It is valid only from %1 on; perhaps the clock of this computer is wrong.</source>
        <translation>%1부터 유효합니다. 이 컴퓨터의 시계가 틀렸을 수 있습니다.</translation>
    </message>
    <message>
        <source>Its issuer has taken it back.</source>
        <translation>발급자가 취소했습니다.</translation>
    </message>
    <message>
        <source>It is self-signed: nobody else vouches for it.</source>
        <translation>자체 서명되었습니다. 아무도 이 인증서를 보증하지 않습니다.</translation>
    </message>
    <message>
        <source>Its issuer, %1, is not known to this computer.</source>
        <translation>이 컴퓨터가 모르는 발급자입니다: %1</translation>
    </message>
    <message>
        <source>The registry wants to see a client certificate before it can be checked.</source>
        <translation>확인하기 전에 레지스트리가 클라이언트 인증서를 요구합니다.</translation>
    </message>
    <message>
        <source>The system does not accept it.</source>
        <translation>시스템이 받아들이지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::ChangeFilter</name>
    <message>
        <source>Added %1</source>
        <translation>추가 %1</translation>
    </message>
    <message>
        <source>Show only what was added</source>
        <translation>추가된 것만 보기</translation>
    </message>
    <message>
        <source>Changed %1</source>
        <translation>변경 %1</translation>
    </message>
    <message>
        <source>Show only what was changed</source>
        <translation>변경된 것만 보기</translation>
    </message>
    <message>
        <source>Deleted %1</source>
        <translation>삭제 %1</translation>
    </message>
    <message>
        <source>Show only what was deleted</source>
        <translation>삭제된 것만 보기</translation>
    </message>
</context>
<context>
    <name>Tagboat::CleanUpDialog</name>
    <message>
        <source>Clean up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>Looking what could go…</source>
        <translation>정리할 수 있는 항목을 찾는 중…</translation>
    </message>
    <message>
        <source>There is nothing to clean up</source>
        <translation>정리할 항목이 없습니다</translation>
    </message>
    <message>
        <source>%1 can come free</source>
        <translation>%1 확보 가능</translation>
    </message>
    <message>
        <source>Free %1</source>
        <translation>%1 확보</translation>
    </message>
    <message>
        <source>Cleaning up…</source>
        <translation>정리하는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%n blob(s)</source>
        <translation>
            <numerusform>blob %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n download(s)</source>
        <translation>
            <numerusform>다운로드 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>of these %1 are shared among what goes</source>
        <translation>그중 %1은(는) 삭제될 것들이 공유</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) changed meanwhile and stay.</source>
        <translation>
            <numerusform>그사이 바뀐 이미지 %n개는 남습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 came free. The list shows what could go now.</source>
        <translation>%1을(를) 확보했습니다. 목록은 지금 정리할 수 있는 것을 보여 줍니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::CleanUpModel</name>
    <message>
        <source>What comes free by this line alone. What several lines share comes free only when all of them go, and stands in the sum.</source>
        <translation>이 줄만으로 확보되는 공간입니다. 여러 줄이 공유하는 것은 모두 삭제될 때만 확보되며 합계에 들어 있습니다.</translation>
    </message>
    <message>
        <source>What would go</source>
        <translation>삭제될 것</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>이유</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 날짜</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Frees</source>
        <translation>확보</translation>
    </message>
    <message>
        <source>Only the name %1 goes. The image stays, called:</source>
        <translation>이름 %1만 삭제됩니다. 이미지는 다음 이름으로 남습니다:</translation>
    </message>
    <message numerus="yes">
        <source>%n blob(s)</source>
        <translation>
            <numerusform>blob %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n abandoned download(s)</source>
        <translation>
            <numerusform>버려진 다운로드 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Download of %1</source>
        <translation>%1 다운로드</translation>
    </message>
    <message>
        <source>untagged</source>
        <translation>태그 없음</translation>
    </message>
    <message>
        <source>No name leads to it</source>
        <translation>가리키는 이름이 없습니다</translation>
    </message>
    <message>
        <source>old version</source>
        <translation>이전 버전</translation>
    </message>
    <message>
        <source>As many newer versions as shall stay are here</source>
        <translation>남길 만큼의 더 새로운 버전이 있습니다</translation>
    </message>
    <message>
        <source>not pulled lately</source>
        <translation>최근에 받지 않음</translation>
    </message>
    <message>
        <source>old</source>
        <translation>오래됨</translation>
    </message>
    <message>
        <source>Last came to this computer: %1</source>
        <translation>이 컴퓨터에 마지막으로 들어온 때: %1</translation>
    </message>
    <message>
        <source>belongs to one that goes</source>
        <translation>삭제될 이미지에 속함</translation>
    </message>
    <message>
        <source>belongs to %1</source>
        <translation>%1에 속함</translation>
    </message>
    <message>
        <source>Goes with the image that it is about, and only then</source>
        <translation>대상 이미지와 함께, 그때만 삭제됩니다</translation>
    </message>
    <message>
        <source>no image needs them</source>
        <translation>필요한 이미지 없음</translation>
    </message>
    <message>
        <source>left behind</source>
        <translation>남겨진 파일</translation>
    </message>
    <message>
        <source>Nobody is going to go on with them</source>
        <translation>이어서 쓸 전송이 없습니다</translation>
    </message>
    <message>
        <source>broke off</source>
        <translation>중단됨</translation>
    </message>
    <message>
        <source>The next pull of the image would go on with it</source>
        <translation>이미지를 다음에 받을 때 이어서 받게 됩니다</translation>
    </message>
    <message>
        <source>only the name</source>
        <translation>이름만</translation>
    </message>
    <message>
        <source>Other names hold the image; nothing comes free</source>
        <translation>다른 이름이 이미지를 유지하므로 확보되는 공간이 없습니다</translation>
    </message>
</context>
<context>
    <name>Tagboat::ColumnMenu</name>
    <message>
        <source>As at &amp;first</source>
        <translation>처음 상태로(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Columns</source>
        <translation>열(&amp;C)</translation>
    </message>
</context>
<context>
    <name>Tagboat::CompareFilesDialog</name>
    <message>
        <source>Choose an image, or type a part of its name</source>
        <translation>이미지를 고르거나 이름의 일부를 입력하십시오</translation>
    </message>
    <message>
        <source>The comparison was cancelled. Choose an image to begin again.</source>
        <translation>비교를 취소했습니다. 다시 시작하려면 이미지를 고르십시오.</translation>
    </message>
    <message>
        <source>Choose the image to compare with.</source>
        <translation>비교할 이미지를 고르십시오.</translation>
    </message>
    <message>
        <source>This is one and the same image under both names.</source>
        <translation>두 이름 모두 같은 이미지입니다.</translation>
    </message>
    <message>
        <source>All files of the two images are the same.</source>
        <translation>두 이미지의 모든 파일이 같습니다.</translation>
    </message>
    <message>
        <source>There are more files than can be listed; the rest is left out.</source>
        <translation>나열할 수 있는 것보다 파일이 많아 나머지는 생략했습니다.</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln개 일치</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 in sum: %2 added, %3 changed, %4 deleted</source>
        <translation>합계 %1: 추가 %2, 변경 %3, 삭제 %4</translation>
    </message>
    <message>
        <source>The list is on the clipboard.</source>
        <translation>목록을 클립보드에 복사했습니다.</translation>
    </message>
    <message>
        <source>Save list</source>
        <translation>목록 저장</translation>
    </message>
    <message>
        <source>Tab-separated text (*.tsv *.txt)</source>
        <translation>탭으로 구분된 텍스트 (*.tsv *.txt)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>The list is saved.</source>
        <translation>목록을 저장했습니다.</translation>
    </message>
    <message>
        <source>The file is saved.</source>
        <translation>파일을 저장했습니다.</translation>
    </message>
    <message>
        <source>View &amp;former file</source>
        <translation>이전 파일 보기(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;View file</source>
        <translation>파일 보기(&amp;V)</translation>
    </message>
    <message>
        <source>Save f&amp;ormer file as…</source>
        <translation>이전 파일을 다른 이름으로 저장(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Save file as…</source>
        <translation>파일을 다른 이름으로 저장(&amp;S)…</translation>
    </message>
    <message>
        <source>Copy &amp;path</source>
        <translation>경로 복사(&amp;P)</translation>
    </message>
    <message>
        <source>%1 and %2 compared</source>
        <translation>%1과(와) %2 비교</translation>
    </message>
    <message>
        <source>Compare files of two images</source>
        <translation>두 이미지의 파일 비교</translation>
    </message>
</context>
<context>
    <name>Tagboat::CompressionMenu</name>
    <message>
        <source>&amp;gzip, fast</source>
        <translation>gzip, 빠르게(&amp;G)</translation>
    </message>
    <message>
        <source>g&amp;zip, smaller</source>
        <translation>gzip, 더 작게(&amp;Z)</translation>
    </message>
    <message>
        <source>z&amp;std, fast</source>
        <translation>zstd, 빠르게(&amp;S)</translation>
    </message>
    <message>
        <source>zs&amp;td, smaller</source>
        <translation>zstd, 더 작게(&amp;T)</translation>
    </message>
    <message>
        <source>Layer &amp;compression</source>
        <translation>레이어 압축(&amp;C)</translation>
    </message>
    <message>
        <source>How the layers of an imported archive are compressed</source>
        <translation>가져오는 아카이브의 레이어를 압축하는 방식</translation>
    </message>
    <message>
        <source>&amp;Default</source>
        <translation>기본값(&amp;D)</translation>
    </message>
    <message>
        <source>gzip, which every registry and every client knows</source>
        <translation>모든 레지스트리와 클라이언트가 아는 gzip</translation>
    </message>
    <message>
        <source>Other (%1)</source>
        <translation>기타(%1)</translation>
    </message>
</context>
<context>
    <name>Tagboat::ConnectionDialog</name>
    <message>
        <source>Connection to %1</source>
        <translation>%1에 연결</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>저장</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1에 묻는 중…</translation>
    </message>
</context>
<context>
    <name>Tagboat::ConnectionSettings</name>
    <message>
        <source>Certificate authority</source>
        <translation>인증 기관</translation>
    </message>
    <message>
        <source>Client certificate</source>
        <translation>클라이언트 인증서</translation>
    </message>
    <message>
        <source>Key of the client certificate</source>
        <translation>클라이언트 인증서의 키</translation>
    </message>
    <message>
        <source>“%1” is no address. It is written as ADDRESS or ADDRESS:PORT.</source>
        <translation>“%1”은(는) 주소가 아닙니다. 주소 또는 주소:포트로 적으십시오.</translation>
    </message>
    <message>
        <source>A proxy is written as http://HOST:PORT or socks5://HOST:PORT, without a password.</source>
        <translation>프록시는 http://호스트:포트 또는 socks5://호스트:포트로 암호 없이 적으십시오.</translation>
    </message>
    <message>
        <source>plain HTTP</source>
        <translation>평문 HTTP</translation>
    </message>
    <message>
        <source>own CA</source>
        <translation>자체 CA</translation>
    </message>
    <message>
        <source>client certificate</source>
        <translation>클라이언트 인증서</translation>
    </message>
    <message>
        <source>pinned certificate</source>
        <translation>고정된 인증서</translation>
    </message>
    <message>
        <source>connects to %1</source>
        <translation>%1(으)로 연결</translation>
    </message>
    <message>
        <source>no proxy</source>
        <translation>프록시 없음</translation>
    </message>
    <message>
        <source>by the proxy %1</source>
        <translation>프록시 %1 사용</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer *.key);;All files (*)</source>
        <translation>인증서 (*.pem *.crt *.cer *.key);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>Tagboat::DiskTab</name>
    <message>
        <source>Layers of all images by size</source>
        <translation>모든 이미지의 레이어(크기순)</translation>
    </message>
    <message>
        <source>Layers by size</source>
        <translation>레이어(크기순)</translation>
    </message>
    <message>
        <source>%1 on disk</source>
        <translation>디스크 사용 %1</translation>
    </message>
    <message>
        <source>unique %1</source>
        <translation>고유 %1</translation>
    </message>
    <message>
        <source>shared %1</source>
        <translation>공유 %1</translation>
    </message>
    <message>
        <source>deleting this image frees %1</source>
        <translation>이 이미지를 삭제하면 %1 확보</translation>
    </message>
    <message>
        <source>Unique: layers that only this image uses.
Shared: layers that other images use, too; they stay as long as one of those is here.</source>
        <translation>고유: 이 이미지만 쓰는 레이어.
공유: 다른 이미지도 쓰는 레이어로, 그중 하나라도 여기 있는 동안 남습니다.</translation>
    </message>
    <message>
        <source>%1 would stay, since other images need it: %2.</source>
        <translation>%1은(는) 다른 이미지에 필요하므로 남습니다: %2.</translation>
    </message>
    <message>
        <source>%1 would stay, since other images or a running transfer need it.</source>
        <translation>%1은(는) 다른 이미지나 진행 중인 전송에 필요하므로 남습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s) are not on this computer.</source>
        <translation>
            <numerusform>레이어 %n개가 이 컴퓨터에 없습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>This image</source>
        <translation>이 이미지</translation>
    </message>
    <message>
        <source>All images</source>
        <translation>모든 이미지</translation>
    </message>
    <message>
        <source>The whole disk usage: each image with the layers that only it has, and the shared ones</source>
        <translation>전체 디스크 사용량: 각 이미지와 그 이미지에만 있는 레이어, 그리고 공유 레이어</translation>
    </message>
</context>
<context>
    <name>Tagboat::DiskWords</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>외 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>only here</source>
        <translation>여기에만 있음</translation>
    </message>
    <message numerus="yes">
        <source>shared with %n other image(s)</source>
        <translation>
            <numerusform>다른 이미지 %n개와 공유</numerusform>
        </translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>레이어 %1</translation>
    </message>
    <message numerus="yes">
        <source>%n more image(s)</source>
        <translation>
            <numerusform>그 밖의 이미지 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Smaller images</source>
        <translation>더 작은 이미지</translation>
    </message>
    <message>
        <source>Nobody&apos;s</source>
        <translation>주인 없음</translation>
    </message>
    <message>
        <source>Blobs that no image needs, and downloads that broke off</source>
        <translation>어떤 이미지에도 필요 없는 blob과 중단된 다운로드</translation>
    </message>
    <message>
        <source>Of no image</source>
        <translation>어느 이미지에도 속하지 않음</translation>
    </message>
    <message>
        <source>Documents</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Manifests and configurations</source>
        <translation>매니페스트와 구성</translation>
    </message>
    <message>
        <source>Shared by several images</source>
        <translation>여러 이미지가 공유</translation>
    </message>
    <message numerus="yes">
        <source>shared by %n image(s)</source>
        <translation>
            <numerusform>이미지 %n개가 공유</numerusform>
        </translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Others</source>
        <translation>기타</translation>
    </message>
    <message>
        <source>Smaller layers and documents of several images</source>
        <translation>여러 이미지의 더 작은 레이어와 문서</translation>
    </message>
    <message numerus="yes">
        <source>%1 and %n more</source>
        <translation>
            <numerusform>%1 외 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 and %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>Other platforms</source>
        <translation>다른 플랫폼</translation>
    </message>
    <message>
        <source>Their layers, and manifests and configurations</source>
        <translation>그 레이어와 매니페스트, 구성</translation>
    </message>
    <message>
        <source>Manifest and configuration</source>
        <translation>매니페스트와 구성</translation>
    </message>
</context>
<context>
    <name>Tagboat::DropZone</name>
    <message>
        <source>Drop to import %1</source>
        <translation>놓으면 %1을(를) 가져옵니다</translation>
    </message>
    <message numerus="yes">
        <source>Drop to import %n file(s)</source>
        <translation>
            <numerusform>놓으면 파일 %n개를 가져옵니다</numerusform>
        </translation>
    </message>
    <message>
        <source>Images from docker save, podman save or skopeo, or a folder with an OCI layout</source>
        <translation>docker save, podman save, skopeo가 만든 이미지 또는 OCI 레이아웃 폴더</translation>
    </message>
</context>
<context>
    <name>Tagboat::ErrorText</name>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>로그인…</translation>
    </message>
    <message>
        <source>Use another account…</source>
        <translation>다른 계정 사용…</translation>
    </message>
    <message>
        <source>%1 did not accept this login.</source>
        <translation>%1에서 이 로그인을 받아들이지 않았습니다.</translation>
    </message>
    <message>
        <source>Check the user name. With two-factor login, Docker Hub wants a personal access token in place of the password.</source>
        <translation>사용자 이름을 확인하십시오. 2단계 인증을 쓰면 Docker Hub는 암호 대신 개인 액세스 토큰을 요구합니다.</translation>
    </message>
    <message>
        <source>Check the user name and the password or access token.</source>
        <translation>사용자 이름과 암호 또는 액세스 토큰을 확인하십시오.</translation>
    </message>
    <message>
        <source>%1 wants you to log in.</source>
        <translation>%1에 로그인해야 합니다.</translation>
    </message>
    <message>
        <source>Nobody may push there without an account.</source>
        <translation>계정 없이는 그곳에 푸시할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 is private, or does not exist.</source>
        <translation>%1: 비공개이거나 존재하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 no longer accepts the login of %2.</source>
        <translation>%1에서 %2 계정의 로그인을 더 이상 받아들이지 않습니다.</translation>
    </message>
    <message>
        <source>The password or token was changed, revoked or has expired.</source>
        <translation>암호나 토큰이 변경되었거나 취소되었거나 만료되었습니다.</translation>
    </message>
    <message>
        <source>Enter it again…</source>
        <translation>다시 입력…</translation>
    </message>
    <message>
        <source>Somebody not logged in</source>
        <translation>로그인하지 않은 사용자</translation>
    </message>
    <message>
        <source>%1 may not push to %2.</source>
        <translation>%1 계정은 %2에 푸시할 수 없습니다.</translation>
    </message>
    <message>
        <source>The repository belongs to another account, or the login may only read.</source>
        <translation>리포지토리가 다른 계정의 것이거나, 이 로그인에는 읽기 권한만 있습니다.</translation>
    </message>
    <message>
        <source>%1 may not delete from %2.</source>
        <translation>%1 계정은 %2에서 삭제할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 has no access to %2.</source>
        <translation>%1 계정은 %2에 접근할 수 없습니다.</translation>
    </message>
    <message>
        <source>The registry knows the account but refuses. The repository is private, or does not exist.</source>
        <translation>레지스트리가 계정을 확인했지만 거부했습니다. 리포지토리가 비공개이거나 존재하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 was not found.</source>
        <translation>%1: 찾을 수 없습니다.</translation>
    </message>
    <message>
        <source>There is no such repository or tag. Check the spelling; a private repository may look like this to somebody who is not logged in.</source>
        <translation>그런 리포지토리나 태그가 없습니다. 철자를 확인하십시오. 로그인하지 않으면 비공개 리포지토리도 이렇게 보일 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 does not answer like a registry.</source>
        <translation>%1의 응답이 레지스트리 같지 않습니다.</translation>
    </message>
    <message>
        <source>The address answers, but there is no registry behind it. Check host and port.</source>
        <translation>주소는 응답하지만 그곳에 레지스트리가 없습니다. 호스트와 포트를 확인하십시오.</translation>
    </message>
    <message>
        <source>%1 is not there.</source>
        <translation>%1: 존재하지 않습니다.</translation>
    </message>
    <message>
        <source>It was removed or renamed meanwhile, or the name is misspelt.</source>
        <translation>그사이 제거되었거나 이름이 바뀌었거나, 이름을 잘못 썼을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 does not answer in time.</source>
        <translation>%1에서 제때 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>%1 cannot be reached.</source>
        <translation>%1에 연결할 수 없습니다.</translation>
    </message>
    <message>
        <source>Check the address and the network connection. For a private registry, check that it is running and that its name leads to the right machine.</source>
        <translation>주소와 네트워크 연결을 확인하십시오. 사설 레지스트리라면 실행 중인지, 이름이 올바른 컴퓨터를 가리키는지 확인하십시오.</translation>
    </message>
    <message>
        <source>Edit account…</source>
        <translation>계정 편집…</translation>
    </message>
    <message>
        <source>The certificate of %1 is not trusted.</source>
        <translation>%1의 인증서를 신뢰할 수 없습니다.</translation>
    </message>
    <message>
        <source>Choose a CA file…</source>
        <translation>CA 파일 선택…</translation>
    </message>
    <message>
        <source>%1 asks to wait.</source>
        <translation>%1에서 기다려 달라고 합니다.</translation>
    </message>
    <message>
        <source>Too many requests were made. It can go on in %1.</source>
        <translation>요청이 너무 많았습니다. %1 후에 계속할 수 있습니다.</translation>
    </message>
    <message>
        <source>Too many requests were made in a short time.</source>
        <translation>짧은 시간에 요청이 너무 많았습니다.</translation>
    </message>
    <message>
        <source>Somebody logged in is allowed more.</source>
        <translation>로그인하면 더 많이 요청할 수 있습니다.</translation>
    </message>
    <message>
        <source>The system’s keychain does not answer.</source>
        <translation>시스템 키체인이 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>Passwords are kept nowhere else. Start or unlock the keychain (GNOME Keyring, KWallet), or keep the password for this run only: then it is asked for again at the next start.</source>
        <translation>암호는 키체인 말고는 어디에도 저장하지 않습니다. 키체인(GNOME Keyring, KWallet)을 시작하거나 잠금을 해제하십시오. 또는 암호를 이번 실행 동안만 보관할 수 있으며, 그러면 다음에 시작할 때 다시 묻습니다.</translation>
    </message>
    <message>
        <source>Keep for this run only</source>
        <translation>이번 실행 동안만 보관</translation>
    </message>
    <message>
        <source>%1 cannot be imported.</source>
        <translation>%1: 가져올 수 없습니다.</translation>
    </message>
    <message>
        <source>The archive is not usable as it stands: %1.</source>
        <translation>이 아카이브는 그대로 쓸 수 없습니다: %1.</translation>
    </message>
    <message>
        <source>“%1” cannot be used as it stands.</source>
        <translation>“%1”: 이대로는 사용할 수 없습니다.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소되었습니다.</translation>
    </message>
    <message>
        <source>Nothing half-written was left.</source>
        <translation>쓰다 만 것은 남지 않았습니다.</translation>
    </message>
    <message>
        <source>%1 speaks plain HTTP, without encryption.</source>
        <translation>%1: 암호화되지 않은 평문 HTTP로 통신합니다.</translation>
    </message>
    <message>
        <source>Tagboat speaks HTTPS unless told otherwise. With plain HTTP, everybody on the way can read passwords and images; for a registry on your own network that may be fine.</source>
        <translation>Tagboat는 따로 지정하지 않으면 HTTPS로 통신합니다. 평문 HTTP에서는 경로에 있는 누구나 암호와 이미지를 읽을 수 있습니다. 자신의 네트워크에 있는 레지스트리라면 괜찮을 수 있습니다.</translation>
    </message>
    <message>
        <source>Allow plain HTTP for %1</source>
        <translation>%1에 평문 HTTP 허용</translation>
    </message>
    <message>
        <source>%1 was refused: it is already in use.</source>
        <translation>%1: 이미 사용 중이어서 거부되었습니다.</translation>
    </message>
    <message>
        <source>The tag may be immutable in this registry, or somebody changed it at the same time.</source>
        <translation>이 레지스트리에서 태그를 바꿀 수 없게 했거나, 다른 사람이 동시에 바꾸었을 수 있습니다.</translation>
    </message>
    <message>
        <source>The bytes of %1 are not the ones its digest names.</source>
        <translation>%1의 내용이 다이제스트와 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Something on the way, or at the source, changed them. They were thrown away.</source>
        <translation>전송 중이나 원본에서 내용이 바뀌었습니다. 받은 내용은 버렸습니다.</translation>
    </message>
    <message>
        <source>%1 does not list its repositories.</source>
        <translation>%1에서는 리포지토리 목록을 제공하지 않습니다.</translation>
    </message>
    <message>
        <source>That is usual for public registries. Open a repository by its name.</source>
        <translation>공개 레지스트리에서는 흔한 일입니다. 리포지토리를 이름으로 여십시오.</translation>
    </message>
    <message>
        <source>%1 does not allow deleting.</source>
        <translation>%1에서는 삭제를 허용하지 않습니다.</translation>
    </message>
    <message>
        <source>Deletion is switched off in the registry’s settings, or it has no such function.</source>
        <translation>레지스트리 설정에서 삭제가 꺼져 있거나 그런 기능이 없습니다.</translation>
    </message>
    <message>
        <source>%1 is not supported.</source>
        <translation>%1: 지원하지 않습니다.</translation>
    </message>
    <message>
        <source>There is no room left on the disk.</source>
        <translation>디스크에 남은 공간이 없습니다.</translation>
    </message>
    <message>
        <source>Nothing half-written was left behind. Free some space and try again.</source>
        <translation>쓰다 만 것은 남지 않았습니다. 공간을 확보한 뒤 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>정리…</translation>
    </message>
    <message>
        <source>%1 cannot be read or written.</source>
        <translation>%1: 읽거나 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The system says: %1.</source>
        <translation>시스템 메시지: %1.</translation>
    </message>
    <message>
        <source>%1 is damaged.</source>
        <translation>%1: 손상되었습니다.</translation>
    </message>
    <message>
        <source>The archive is broken or cut off (%1). Nothing was imported.</source>
        <translation>아카이브가 깨졌거나 중간에 잘렸습니다 (%1). 아무것도 가져오지 않았습니다.</translation>
    </message>
    <message>
        <source>Its content breaks its own format: %1.</source>
        <translation>내용이 형식에 맞지 않습니다: %1.</translation>
    </message>
    <message>
        <source>No Docker or Podman answers.</source>
        <translation>Docker나 Podman이 응답하지 않습니다.</translation>
    </message>
    <message>
        <source>Check that the service is running and that you may use it.</source>
        <translation>서비스가 실행 중이고 사용할 권한이 있는지 확인하십시오.</translation>
    </message>
    <message>
        <source>Something went wrong inside Tagboat.</source>
        <translation>Tagboat 내부에서 문제가 생겼습니다.</translation>
    </message>
    <message>
        <source>That is a fault of the program. Please report it with the details.</source>
        <translation>프로그램의 잘못입니다. 상세 정보와 함께 알려 주십시오.</translation>
    </message>
    <message>
        <source>Enter the password for this run…</source>
        <translation>이번 실행에 쓸 암호 입력…</translation>
    </message>
    <message>
        <source>No address is known for this name. Check the spelling and the network connection. Where only some machines know the name, say which address to connect to; no line in /etc/hosts is needed.</source>
        <translation>이 이름의 주소를 찾을 수 없습니다. 철자와 네트워크 연결을 확인하십시오. 일부 컴퓨터만 아는 이름이면 연결할 주소를 지정하십시오. /etc/hosts에 적을 필요가 없습니다.</translation>
    </message>
    <message>
        <source>Connect to address…</source>
        <translation>주소로 연결…</translation>
    </message>
    <message>
        <source>Show the certificate…</source>
        <translation>인증서 보기…</translation>
    </message>
    <message>
        <source>Nothing was sent.</source>
        <translation>아무것도 보내지 않았습니다.</translation>
    </message>
    <message>
        <source>Choose a client certificate…</source>
        <translation>클라이언트 인증서 선택…</translation>
    </message>
    <message>
        <source>%1 wants to see a client certificate.</source>
        <translation>%1: 클라이언트 인증서를 요구합니다.</translation>
    </message>
    <message>
        <source>It lets in only those who show a certificate that it knows. Whoever runs the registry hands it out, with its key.</source>
        <translation>알고 있는 인증서를 제시하는 사람만 받아들입니다. 인증서와 키는 레지스트리 관리자에게 받으십시오.</translation>
    </message>
    <message>
        <source>%1 does not accept the client certificate.</source>
        <translation>%1: 클라이언트 인증서를 받아들이지 않습니다.</translation>
    </message>
    <message>
        <source>It may have expired, or come from an authority that the registry does not know.</source>
        <translation>만료되었거나 레지스트리가 모르는 인증 기관에서 발급되었을 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 shows another certificate than the one you trusted.</source>
        <translation>%1의 인증서가 신뢰하기로 한 것과 다릅니다.</translation>
    </message>
    <message>
        <source>It was renewed, or somebody stands between you and the registry.</source>
        <translation>인증서가 갱신되었거나 누군가 레지스트리와의 사이에 끼어 있습니다.</translation>
    </message>
    <message>
        <source>The certificate of %1 is issued for another name.</source>
        <translation>%1의 인증서는 다른 이름에 발급된 것입니다.</translation>
    </message>
    <message>
        <source>Another server may be answering there, or the registry is called by a name that its certificate does not list.</source>
        <translation>다른 서버가 응답하고 있거나, 인증서에 없는 이름으로 레지스트리를 부르고 있습니다.</translation>
    </message>
    <message>
        <source>The certificate of %1 has expired.</source>
        <translation>%1의 인증서가 만료되었습니다.</translation>
    </message>
    <message>
        <source>Whoever runs the registry has to renew it.</source>
        <translation>레지스트리 관리자가 갱신해야 합니다.</translation>
    </message>
    <message>
        <source>The certificate of %1 is not valid yet.</source>
        <translation>%1의 인증서는 아직 유효하지 않습니다.</translation>
    </message>
    <message>
        <source>Check the date and time of this computer.</source>
        <translation>이 컴퓨터의 날짜와 시각을 확인하십시오.</translation>
    </message>
    <message>
        <source>The certificate of %1 was revoked.</source>
        <translation>%1의 인증서는 취소되었습니다.</translation>
    </message>
    <message>
        <source>Its issuer has taken it back; somebody else may have its key.</source>
        <translation>발급자가 취소했습니다. 다른 사람이 키를 가지고 있을 수 있습니다.</translation>
    </message>
    <message>
        <source>The certificate of %1 is self-signed.</source>
        <translation>%1의 인증서는 자체 서명된 것입니다.</translation>
    </message>
    <message>
        <source>The certificate of %1 is from an unknown issuer.</source>
        <translation>%1의 인증서를 발급한 곳을 알 수 없습니다.</translation>
    </message>
    <message>
        <source>Nobody else vouches for it, as is usual for a registry of one’s own. Compare it with the registry’s own file, and trust it.</source>
        <translation>직접 운영하는 레지스트리에서는 흔한 일로, 아무도 이 인증서를 보증하지 않습니다. 레지스트리의 인증서 파일과 비교한 뒤 신뢰하십시오.</translation>
    </message>
    <message>
        <source>A registry with its own certificate needs the file of its certificate authority, or your trust in this one certificate.</source>
        <translation>자체 인증서를 쓰는 레지스트리에는 인증 기관의 파일이 필요합니다. 또는 이 인증서만 신뢰할 수도 있습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>None</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>gzip</source>
        <translation>gzip</translation>
    </message>
    <message>
        <source>zstd</source>
        <translation>zstd</translation>
    </message>
    <message>
        <source>All that are here</source>
        <translation>여기에 있는 모두</translation>
    </message>
    <message>
        <source>%1 (this computer)</source>
        <translation>%1(이 컴퓨터)</translation>
    </message>
    <message>
        <source>Folder:</source>
        <translation>폴더:</translation>
    </message>
    <message>
        <source>File:</source>
        <translation>파일:</translation>
    </message>
    <message>
        <source>Every “docker load” and “podman load” reads it; the file is smaller, and takes longer to write.</source>
        <translation>모든 “docker load”와 “podman load”가 읽습니다. 파일이 작아지고 쓰는 데 더 걸립니다.</translation>
    </message>
    <message>
        <source>Smaller and faster than gzip. Read by docker load from version 23, podman, skopeo and Tagboat.</source>
        <translation>gzip보다 작고 빠릅니다. docker load 23 이상, podman, skopeo, Tagboat이 읽습니다.</translation>
    </message>
    <message>
        <source>The layers are compressed already: more would save little.</source>
        <translation>레이어가 이미 압축되어 있어 더 압축해도 별로 줄지 않습니다.</translation>
    </message>
    <message>
        <source>Written fastest; layers lie in it unpacked.</source>
        <translation>가장 빨리 저장됩니다. 레이어는 압축을 풀어 담깁니다.</translation>
    </message>
    <message>
        <source>Folder for the archives</source>
        <translation>아카이브를 저장할 폴더</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>내보낼 파일</translation>
    </message>
    <message>
        <source>Image archives (*.tar *.tar.gz *.tar.zst)</source>
        <translation>이미지 아카이브 (*.tar *.tar.gz *.tar.zst)</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
    <message>
        <source>Choose an image.</source>
        <translation>이미지를 고르십시오.</translation>
    </message>
    <message>
        <source>Give the file a name.</source>
        <translation>파일 이름을 정하십시오.</translation>
    </message>
    <message>
        <source>About %1.</source>
        <translation>약 %1.</translation>
    </message>
    <message>
        <source>About %1; %2 are free there.</source>
        <translation>약 %1. 그곳에 %2의 여유가 있습니다.</translation>
    </message>
    <message>
        <source>While it is written, up to %1 more are needed beside it.</source>
        <translation>쓰는 동안 같은 곳에 최대 %1이(가) 더 필요합니다.</translation>
    </message>
    <message numerus="yes">
        <source>Export %n image(s)</source>
        <translation>
            <numerusform>이미지 %n개 내보내기</numerusform>
        </translation>
    </message>
    <message>
        <source>A Docker archive cannot hold %1.</source>
        <translation>Docker 아카이브에는 %1을(를) 담을 수 없습니다.</translation>
    </message>
    <message>
        <source>That is no container image. Choose the OCI archive, or leave it out.</source>
        <translation>컨테이너 이미지가 아닙니다. OCI 아카이브를 고르거나 선택에서 빼십시오.</translation>
    </message>
    <message>
        <source>%1 is not here as asked for.</source>
        <translation>%1이(가) 요청한 대로 여기에 있지 않습니다.</translation>
    </message>
    <message>
        <source>Its layers, or this platform of it, are not on this computer. Choose another platform, pull it first, or leave it out.</source>
        <translation>레이어나 이 플랫폼이 이 컴퓨터에 없습니다. 다른 플랫폼을 고르거나, 먼저 풀하거나, 선택에서 빼십시오.</translation>
    </message>
    <message>
        <source>Nothing can be written to %1.</source>
        <translation>%1에 쓸 수 없습니다.</translation>
    </message>
    <message>
        <source>The folder does not exist, or belongs to somebody else.</source>
        <translation>폴더가 없거나 다른 사람의 것입니다.</translation>
    </message>
    <message>
        <source>There is not enough room for it.</source>
        <translation>공간이 부족합니다.</translation>
    </message>
    <message>
        <source>%1 are needed, %2 are free. Choose another folder, or compress the archive.</source>
        <translation>%1이(가) 필요한데 %2만 비어 있습니다. 다른 폴더를 고르거나 아카이브를 압축하십시오.</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>정리…</translation>
    </message>
    <message>
        <source>Replace and export</source>
        <translation>바꾸고 내보내기</translation>
    </message>
    <message numerus="yes">
        <source>Replace %n file(s) and export</source>
        <translation>
            <numerusform>파일 %n개를 바꾸고 내보내기</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 exists already and would be replaced.</source>
        <translation>%1이(가) 이미 있으며 바뀌게 됩니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) exist already and would be replaced.</source>
        <translation>
            <numerusform>파일 %n개가 이미 있으며 바뀌게 됩니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::FactsView</name>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>Copy: %1</source>
        <translation>복사: %1</translation>
    </message>
</context>
<context>
    <name>Tagboat::FileLayersModel</name>
    <message>
        <source>Layer %1</source>
        <translation>레이어 %1</translation>
    </message>
    <message>
        <source>Layer %1: %2</source>
        <translation>레이어 %1: %2</translation>
    </message>
    <message>
        <source>%1 added, %2 changed, %3 deleted</source>
        <translation>추가 %1, 변경 %2, 삭제 %3</translation>
    </message>
    <message>
        <source>%1 wasted by later layers</source>
        <translation>뒤의 레이어 때문에 %1 낭비</translation>
    </message>
    <message>
        <source>Whole image</source>
        <translation>이미지 전체</translation>
    </message>
    <message>
        <source>All files as a container sees them</source>
        <translation>컨테이너가 보는 모든 파일</translation>
    </message>
    <message>
        <source>Wasted</source>
        <translation>낭비</translation>
    </message>
    <message>
        <source>Files that stay in a layer although a later layer deletes them or writes them anew</source>
        <translation>뒤의 레이어가 삭제하거나 새로 쓰는데도 레이어에 남아 있는 파일</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Size of the layer as it is stored, compressed</source>
        <translation>저장된 그대로(압축된) 레이어의 크기</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>This layer is not on this computer.</source>
        <translation>이 레이어는 이 컴퓨터에 없습니다.</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>손상됨</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
</context>
<context>
    <name>Tagboat::FileViewDialog</name>
    <message>
        <source>not text</source>
        <translation>텍스트 아님</translation>
    </message>
    <message>
        <source>only the first MB is shown</source>
        <translation>처음 1MB만 표시</translation>
    </message>
    <message>
        <source>very long lines are broken</source>
        <translation>매우 긴 줄은 나눔</translation>
    </message>
    <message>
        <source>Not found</source>
        <translation>찾을 수 없음</translation>
    </message>
    <message>
        <source>Line %L1</source>
        <translation>%L1번째 줄</translation>
    </message>
    <message>
        <source>%1, from the other end</source>
        <translation>%1, 반대쪽 끝부터</translation>
    </message>
    <message>
        <source>Byte %L1</source>
        <translation>바이트 %L1</translation>
    </message>
    <message>
        <source>The file is saved.</source>
        <translation>파일을 저장했습니다.</translation>
    </message>
    <message>
        <source>%1, layer %2</source>
        <comment>image and number</comment>
        <translation>%1, 레이어 %2</translation>
    </message>
</context>
<context>
    <name>Tagboat::Files</name>
    <message>
        <source>folder</source>
        <translation>폴더</translation>
    </message>
    <message>
        <source>file</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>link</source>
        <translation>링크</translation>
    </message>
    <message>
        <source>hard link</source>
        <translation>하드 링크</translation>
    </message>
    <message>
        <source>device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>pipe</source>
        <translation>파이프</translation>
    </message>
    <message>
        <source>added</source>
        <translation>추가됨</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>변경됨</translation>
    </message>
    <message>
        <source>deleted</source>
        <translation>삭제됨</translation>
    </message>
    <message numerus="yes">
        <source>%Ln file(s)</source>
        <translation>
            <numerusform>파일 %Ln개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::FilesModel</name>
    <message>
        <source>leads to %1</source>
        <comment>a link</comment>
        <translation>%1(으)로 연결</translation>
    </message>
    <message>
        <source>All that layers below have in this folder is hidden by this layer.</source>
        <translation>아래 레이어가 이 폴더에 넣은 모든 것을 이 레이어가 가립니다.</translation>
    </message>
    <message>
        <source>Bytes that stay in a layer although a later layer deletes them or writes them anew</source>
        <translation>뒤의 레이어가 삭제하거나 새로 쓰는데도 레이어에 남아 있는 바이트</translation>
    </message>
    <message>
        <source>User %1, group %2</source>
        <translation>사용자 %1, 그룹 %2</translation>
    </message>
    <message>
        <source>replaced</source>
        <comment>a folder whose former content is hidden</comment>
        <translation>대체됨</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>경로</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Before</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>After</source>
        <translation>이후</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>Wasted</source>
        <translation>낭비</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Permissions</source>
        <translation>권한</translation>
    </message>
    <message>
        <source>Owner</source>
        <translation>소유자</translation>
    </message>
    <message>
        <source>Modified</source>
        <translation>수정일</translation>
    </message>
</context>
<context>
    <name>Tagboat::FilesTab</name>
    <message>
        <source>This is no container image, so there is no file system in it.</source>
        <translation>컨테이너 이미지가 아니므로 파일 시스템이 들어 있지 않습니다.</translation>
    </message>
    <message>
        <source>The files were not listed.</source>
        <translation>파일 목록을 만들지 않았습니다.</translation>
    </message>
    <message>
        <source>List files</source>
        <translation>파일 목록 만들기</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Layer %1: %2</source>
        <translation>레이어 %1: %2</translation>
    </message>
    <message>
        <source>Layer %1 is not on this computer.</source>
        <translation>레이어 %1이(가) 이 컴퓨터에 없습니다.</translation>
    </message>
    <message>
        <source>Layers %1 are not on this computer.</source>
        <translation>레이어 %1이(가) 이 컴퓨터에 없습니다.</translation>
    </message>
    <message>
        <source>Layer %1 cannot be read to its end.</source>
        <translation>레이어 %1을(를) 끝까지 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Layers %1 cannot be read to their ends.</source>
        <translation>레이어 %1을(를) 끝까지 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>There are more files than can be listed; the rest is left out.</source>
        <translation>나열할 수 있는 것보다 파일이 많아 나머지는 생략했습니다.</translation>
    </message>
    <message>
        <source>What is in there is not in the list. Pull the image again to complete it.</source>
        <translation>그 안에 있는 것은 목록에 없습니다. 이미지를 다시 풀하여 채우십시오.</translation>
    </message>
    <message>
        <source>Layer %1 cannot be read.</source>
        <translation>레이어 %1을(를) 읽을 수 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%Ln match(es)</source>
        <translation>
            <numerusform>%Ln개 일치</numerusform>
        </translation>
    </message>
    <message>
        <source>cut off</source>
        <comment>a list</comment>
        <translation>일부 생략됨</translation>
    </message>
    <message>
        <source>No file matches.</source>
        <translation>일치하는 파일이 없습니다.</translation>
    </message>
    <message>
        <source>%1 wasted</source>
        <translation>%1 낭비</translation>
    </message>
    <message>
        <source>%1 wasted by later layers</source>
        <translation>뒤의 레이어 때문에 %1 낭비</translation>
    </message>
    <message>
        <source>The layers are being read. The next time their files are here at once.</source>
        <translation>레이어를 읽고 있습니다. 다음부터는 파일이 바로 나타납니다.</translation>
    </message>
    <message>
        <source>%1 is saved.</source>
        <translation>%1을(를) 저장했습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::Filter</name>
    <message>
        <source>“%1” is looked for in names. Did you mean “%2:”?</source>
        <translation>“%1”을(를) 이름에서 찾습니다. “%2:”을(를) 뜻하셨습니까?</translation>
    </message>
    <message>
        <source>“registry:” needs a host, as in registry:ghcr.io</source>
        <translation>“registry:”에는 호스트가 필요합니다. 예: registry:ghcr.io</translation>
    </message>
    <message>
        <source>“platform:” needs one, as in platform:linux/arm64</source>
        <translation>“platform:”에는 플랫폼이 필요합니다. 예: platform:linux/arm64</translation>
    </message>
    <message>
        <source>“is:” takes one of: %1</source>
        <translation>“is:” 뒤에 쓸 수 있는 것: %1</translation>
    </message>
    <message>
        <source>“is:%1” is not known; “is:” takes one of: %2</source>
        <translation>“is:%1”은(는) 알 수 없습니다. “is:” 뒤에 쓸 수 있는 것: %2</translation>
    </message>
    <message>
        <source>“%1%2” is no size; write for example %3</source>
        <translation>“%1%2”은(는) 크기가 아닙니다. 예: %3</translation>
    </message>
    <message>
        <source>“%1:%2” is no time; write for example %1:12h, %1:30d, %1:2w, %1:6mo, %1:1y or %1:2026-01-31</source>
        <translation>“%1:%2”은(는) 시간이 아닙니다. 예: %1:12h, %1:30d, %1:2w, %1:6mo, %1:1y 또는 %1:2026-01-31</translation>
    </message>
    <message>
        <source>“label:” needs a key, as in label:maintainer or label:stage=production</source>
        <translation>“label:”에는 키가 필요합니다. 예: label:maintainer 또는 label:stage=production</translation>
    </message>
</context>
<context>
    <name>Tagboat::FilterHelp</name>
    <message>
        <source>&amp;Label</source>
        <translation>레이블(&amp;L)</translation>
    </message>
    <message>
        <source>any value</source>
        <translation>모든 값</translation>
    </message>
    <message>
        <source>&amp;Untagged</source>
        <translation>태그 없음(&amp;U)</translation>
    </message>
    <message>
        <source>&amp;Outdated</source>
        <translation>오래된 이미지(&amp;O)</translation>
    </message>
    <message>
        <source>&amp;Incomplete</source>
        <translation>불완전(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Artifacts</source>
        <translation>아티팩트(&amp;A)</translation>
    </message>
    <message>
        <source>L&amp;arger than</source>
        <translation>다음보다 큼(&amp;A)</translation>
    </message>
    <message>
        <source>&amp;Smaller than</source>
        <translation>다음보다 작음(&amp;S)</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1일</translation>
    </message>
    <message>
        <source>1 week</source>
        <translation>1주</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30일</translation>
    </message>
    <message>
        <source>6 months</source>
        <translation>6개월</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1년</translation>
    </message>
    <message>
        <source>Ol&amp;der than</source>
        <translation>다음보다 오래됨(&amp;D)</translation>
    </message>
    <message>
        <source>&amp;Newer than</source>
        <translation>다음보다 최근(&amp;N)</translation>
    </message>
    <message>
        <source>&amp;Platform</source>
        <translation>플랫폼(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Registry</source>
        <translation>레지스트리(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Clear filter</source>
        <translation>필터 지우기(&amp;C)</translation>
    </message>
    <message>
        <source>Words for the filter</source>
        <translation>필터에 쓸 단어</translation>
    </message>
</context>
<context>
    <name>Tagboat::ImageDetailsPane</name>
    <message>
        <source>%1 (not here)</source>
        <translation>%1 (여기에 없음)</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Platform whose layers and settings are shown</source>
        <translation>레이어와 설정을 표시할 플랫폼</translation>
    </message>
    <message numerus="yes">
        <source>%1 of %n platform(s) are on this computer</source>
        <translation>
            <numerusform>플랫폼 %n개 가운데 %1개가 이 컴퓨터에 있습니다</numerusform>
        </translation>
    </message>
    <message>
        <source>The image has no name that it could be pulled by.</source>
        <translation>이 이미지에는 풀할 때 쓸 이름이 없습니다.</translation>
    </message>
    <message>
        <source>Copy digest</source>
        <translation>다이제스트 복사</translation>
    </message>
    <message>
        <source>Copy diff ID (unpacked)</source>
        <translation>diff ID 복사(압축을 푼 상태)</translation>
    </message>
    <message>
        <source>Copy build step</source>
        <translation>빌드 단계 복사</translation>
    </message>
</context>
<context>
    <name>Tagboat::ImageDrag</name>
    <message>
        <source>Writing %1: %2 %. Keep holding, it follows the pointer when it is ready.</source>
        <translation>%1 쓰는 중: %2 %. 계속 누르고 계십시오. 준비되면 포인터를 따라옵니다.</translation>
    </message>
    <message>
        <source>%1 is ready to be dragged.</source>
        <translation>%1을(를) 끌어갈 준비가 되었습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) are ready to be dragged.</source>
        <translation>
            <numerusform>이미지 %n개를 끌어갈 준비가 되었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The archive is written now: drag the image again, and it comes along at once.</source>
        <translation>아카이브를 다 썼습니다. 이미지를 다시 끌면 바로 따라옵니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>이미지 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImageFacts</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>none: that of the base image is switched off</source>
        <translation>없음: 기반 이미지의 검사를 끕니다</translation>
    </message>
    <message>
        <source>every %1</source>
        <translation>%1마다</translation>
    </message>
    <message>
        <source>gives up after %1</source>
        <translation>%1 뒤 포기</translation>
    </message>
    <message>
        <source>%1 to start</source>
        <translation>시작에 %1</translation>
    </message>
    <message>
        <source>every %1 while it starts</source>
        <translation>시작하는 동안 %1마다</translation>
    </message>
    <message numerus="yes">
        <source>ill after %n failure(s)</source>
        <translation>
            <numerusform>%n번 실패하면 비정상</numerusform>
        </translation>
    </message>
    <message>
        <source>Title</source>
        <translation>제목</translation>
    </message>
    <message>
        <source>Description</source>
        <translation>설명</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>버전</translation>
    </message>
    <message>
        <source>Revision</source>
        <translation>리비전</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>소스</translation>
    </message>
    <message>
        <source>Home page</source>
        <translation>홈페이지</translation>
    </message>
    <message>
        <source>Documentation</source>
        <translation>문서</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>라이선스</translation>
    </message>
    <message>
        <source>Vendor</source>
        <translation>공급자</translation>
    </message>
    <message>
        <source>Authors</source>
        <translation>저자</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>만든 때</translation>
    </message>
    <message>
        <source>Base image</source>
        <translation>기반 이미지</translation>
    </message>
    <message>
        <source>Base digest</source>
        <translation>기반 다이제스트</translation>
    </message>
    <message>
        <source>%1 (not here)</source>
        <translation>%1 (여기에 없음)</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>외 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1, of which %2 shared with other images</source>
        <translation>%1, 그중 %2는 다른 이미지와 공유</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>Image ID</source>
        <translation>이미지 ID</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 날짜</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>SBOM (SPDX-2.3)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>종류</translation>
    </message>
    <message>
        <source>Is about</source>
        <translation>대상</translation>
    </message>
    <message>
        <source>As the certificate says. Tagboat does not verify signatures.</source>
        <translation>인증서에 적힌 대로입니다. Tagboat은 서명을 검증하지 않습니다.</translation>
    </message>
    <message>
        <source>Signed by</source>
        <translation>서명자</translation>
    </message>
    <message>
        <source>%1 (not verified)</source>
        <translation>%1 (검증 안 됨)</translation>
    </message>
    <message>
        <source>Vouched for by</source>
        <translation>보증 기관</translation>
    </message>
    <message>
        <source>States</source>
        <translation>내용</translation>
    </message>
    <message>
        <source>Built by</source>
        <translation>빌드한 곳</translation>
    </message>
    <message>
        <source>Built from</source>
        <translation>빌드 소스</translation>
    </message>
    <message>
        <source>Build type</source>
        <translation>빌드 유형</translation>
    </message>
    <message>
        <source>Describes</source>
        <translation>설명 대상</translation>
    </message>
    <message>
        <source>Packages</source>
        <translation>패키지</translation>
    </message>
    <message>
        <source>Chart</source>
        <translation>차트</translation>
    </message>
    <message>
        <source>Chart version</source>
        <translation>차트 버전</translation>
    </message>
    <message>
        <source>Version of the application</source>
        <translation>애플리케이션 버전</translation>
    </message>
    <message>
        <source>Artifact type</source>
        <translation>아티팩트 유형</translation>
    </message>
    <message>
        <source>About</source>
        <translation>소개</translation>
    </message>
    <message>
        <source>Author</source>
        <translation>작성자</translation>
    </message>
    <message>
        <source>How it runs</source>
        <translation>실행 방식</translation>
    </message>
    <message>
        <source>Entrypoint</source>
        <translation>엔트리포인트</translation>
    </message>
    <message>
        <source>Command</source>
        <translation>명령</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>환경 변수</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>포트</translation>
    </message>
    <message>
        <source>Volumes</source>
        <translation>볼륨</translation>
    </message>
    <message>
        <source>User</source>
        <translation>사용자</translation>
    </message>
    <message>
        <source>Working directory</source>
        <translation>작업 디렉터리</translation>
    </message>
    <message>
        <source>Stop signal</source>
        <translation>정지 신호</translation>
    </message>
    <message>
        <source>Shell</source>
        <translation>셸</translation>
    </message>
    <message>
        <source>Health check</source>
        <translation>상태 검사</translation>
    </message>
    <message>
        <source>When built upon</source>
        <translation>이 이미지로 빌드할 때</translation>
    </message>
    <message>
        <source>Labels and annotations</source>
        <translation>레이블과 주석</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>레이블</translation>
    </message>
    <message>
        <source>Annotations of the index</source>
        <translation>인덱스의 주석</translation>
    </message>
    <message>
        <source>Annotations</source>
        <translation>주석</translation>
    </message>
    <message>
        <source>Annotations of the manifest</source>
        <translation>매니페스트의 주석</translation>
    </message>
</context>
<context>
    <name>Tagboat::Images</name>
    <message>
        <source>incomplete</source>
        <translation>불완전</translation>
    </message>
    <message>
        <source>Some of its layers are not on this computer. Pull it again to complete it.</source>
        <translation>일부 레이어가 이 컴퓨터에 없습니다. 다시 풀하면 채워집니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s), one image</source>
        <translation>
            <numerusform>태그 %n개, 이미지 하나</numerusform>
        </translation>
    </message>
    <message>
        <source>All these names mean the same image: its size counts once.</source>
        <translation>이 이름들은 모두 같은 이미지를 가리킵니다. 크기는 한 번만 셉니다.</translation>
    </message>
    <message>
        <source>Bytes this image takes on this computer, shared layers included</source>
        <translation>공유 레이어를 포함해 이 이미지가 이 컴퓨터에서 차지하는 크기</translation>
    </message>
    <message>
        <source>Layers that no other image on this computer uses</source>
        <translation>이 컴퓨터의 다른 이미지가 쓰지 않는 레이어</translation>
    </message>
    <message>
        <source>Layers that other images on this computer use too</source>
        <translation>이 컴퓨터의 다른 이미지도 쓰는 레이어</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Image ID</source>
        <translation>이미지 ID</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Unique</source>
        <translation>고유</translation>
    </message>
    <message>
        <source>Shared</source>
        <translation>공유</translation>
    </message>
    <message>
        <source>same</source>
        <translation>같음</translation>
    </message>
    <message>
        <source>The same image as the row above: %1</source>
        <translation>위 행과 같은 이미지: %1</translation>
    </message>
    <message numerus="yes">
        <source>+%n other name(s)</source>
        <translation>
            <numerusform>다른 이름 +%n개</numerusform>
        </translation>
    </message>
    <message>
        <source>The same image is also called:
%1</source>
        <translation>같은 이미지의 다른 이름:
%1</translation>
    </message>
</context>
<context>
    <name>Tagboat::ImagesPage</name>
    <message>
        <source>Parts of the image folder cannot be read.</source>
        <translation>이미지 폴더의 일부를 읽을 수 없습니다.</translation>
    </message>
    <message>
        <source>Group: by image</source>
        <translation>묶기: 이미지별</translation>
    </message>
    <message>
        <source>Group: none</source>
        <translation>묶기: 없음</translation>
    </message>
    <message>
        <source>No image matches “%1”.</source>
        <translation>“%1”에 맞는 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>How tags of one image are arranged</source>
        <translation>한 이미지의 태그를 나열하는 방법</translation>
    </message>
    <message>
        <source>Disk usage</source>
        <translation>디스크 사용량</translation>
    </message>
    <message>
        <source>%1 chosen, %2</source>
        <comment>3 images chosen, 120 MB</comment>
        <translation>%1 선택됨, %2</translation>
    </message>
    <message>
        <source>Conditions for the filter</source>
        <translation>필터 조건</translation>
    </message>
</context>
<context>
    <name>Tagboat::ImportCheck</name>
    <message numerus="yes">
        <source>Looking into %n archive(s)…</source>
        <translation>
            <numerusform>아카이브 %n개를 살펴보는 중…</numerusform>
        </translation>
    </message>
    <message>
        <source>“%1” is no image archive.</source>
        <translation>“%1”은(는) 이미지 아카이브가 아닙니다.</translation>
    </message>
    <message>
        <source>Tagboat takes what docker save, podman save and skopeo write: tar files, also compressed, and folders with an OCI image layout.</source>
        <translation>Tagboat은 docker save, podman save, skopeo가 만든 것을 받습니다: 압축된 것도 포함한 tar 파일, 그리고 OCI 이미지 레이아웃 폴더입니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n file(s) cannot be imported.</source>
        <translation>
            <numerusform>파일 %n개를 가져올 수 없습니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImportDialog</name>
    <message>
        <source>Import</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>%1 is image %2 now.</source>
        <translation>%1은(는) 지금 이미지 %2입니다.</translation>
    </message>
    <message>
        <source>already here</source>
        <translation>이미 있음</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새 이미지</translation>
    </message>
    <message>
        <source>a name is not valid</source>
        <translation>이름이 올바르지 않음</translation>
    </message>
    <message>
        <source>moves %1</source>
        <translation>%1을(를) 옮김</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>이름 없음</translation>
    </message>
    <message>
        <source>“%1” is no name that an image can have.</source>
        <translation>“%1”은(는) 이미지 이름이 될 수 없습니다.</translation>
    </message>
    <message>
        <source>Names look like alice/ui:v1; several are parted by blanks.</source>
        <translation>이름은 alice/ui:v1과 같은 모양이며, 여러 이름은 빈칸으로 나눕니다.</translation>
    </message>
    <message>
        <source>Two images cannot both be called %1.</source>
        <translation>두 이미지가 모두 %1(이)라는 이름을 가질 수 없습니다.</translation>
    </message>
    <message>
        <source>Change one of the names, or leave one of the images out.</source>
        <translation>이름 하나를 바꾸거나 이미지 하나를 빼십시오.</translation>
    </message>
    <message numerus="yes">
        <source>Import %n image(s)</source>
        <translation>
            <numerusform>이미지 %n개 가져오기</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::ImportLoginsDialog</name>
    <message>
        <source>Looking for logins…</source>
        <translation>로그인을 찾는 중…</translation>
    </message>
    <message>
        <source>cannot be read</source>
        <translation>읽을 수 없음</translation>
    </message>
    <message>
        <source>(token)</source>
        <translation>(토큰)</translation>
    </message>
    <message>
        <source>%1, in clear text</source>
        <translation>%1, 평문</translation>
    </message>
    <message>
        <source>renews %1</source>
        <translation>%1 갱신</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새로 만듦</translation>
    </message>
    <message>
        <source>That needs the program docker-credential-tagboat in a folder where Docker looks for programs.</source>
        <translation>그러려면 Docker가 프로그램을 찾는 폴더에 docker-credential-tagboat가 있어야 합니다.</translation>
    </message>
    <message>
        <source>Neither Docker nor Podman keeps a login here.</source>
        <translation>Docker와 Podman이 보관하는 로그인이 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Take over %n login(s)</source>
        <translation>
            <numerusform>로그인 %n개 가져오기</numerusform>
        </translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>Taking over…</source>
        <translation>가져오는 중…</translation>
    </message>
    <message numerus="yes">
        <source>%n login(s) could not be had.</source>
        <translation>
            <numerusform>로그인 %n개를 가져오지 못했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>taken over</source>
        <translation>가져옴</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>실패</translation>
    </message>
</context>
<context>
    <name>Tagboat::InterruptedStrip</name>
    <message numerus="yes">
        <source>%n transfer(s) were interrupted.</source>
        <translation>
            <numerusform>전송 %n개가 중단되었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>They go on where they were cut off; what has arrived is not sent again.</source>
        <translation>끊긴 곳부터 이어집니다. 이미 도착한 것은 다시 보내지 않습니다.</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>이어서 하기</translation>
    </message>
    <message>
        <source>Resume all</source>
        <translation>모두 이어서 하기</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>닫기</translation>
    </message>
</context>
<context>
    <name>Tagboat::JsonTab</name>
    <message>
        <source>Index</source>
        <translation>인덱스</translation>
    </message>
    <message>
        <source>Manifest</source>
        <translation>매니페스트</translation>
    </message>
    <message>
        <source>Config</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>%1, attestation</source>
        <translation>%1, 증명</translation>
    </message>
    <message>
        <source>%1, attestation of %2</source>
        <translation>%1, %2의 증명</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>Manifest of linux/amd64</comment>
        <translation>%2의 %1</translation>
    </message>
    <message>
        <source>%1 (not here)</source>
        <translation>%1 (여기에 없음)</translation>
    </message>
    <message>
        <source>This document is not on this computer.</source>
        <translation>이 문서는 이 컴퓨터에 없습니다.</translation>
    </message>
    <message>
        <source>%1 bytes</source>
        <translation>%1바이트</translation>
    </message>
    <message>
        <source>✓ digest matches</source>
        <translation>✓ 다이제스트 일치</translation>
    </message>
    <message>
        <source>%1, hashed just now: they are the ones that the digest names.</source>
        <translation>%1, 방금 해시했습니다. 다이제스트가 가리키는 바이트가 맞습니다.</translation>
    </message>
    <message>
        <source>digest does not match</source>
        <translation>다이제스트 불일치</translation>
    </message>
    <message>
        <source>%1 lie here; their digest is %2. The file is damaged: remove the image and pull it again.</source>
        <translation>여기에 있는 %1의 다이제스트는 %2입니다. 파일이 손상되었습니다. 이미지를 지우고 다시 풀하십시오.</translation>
    </message>
    <message>
        <source>Save document</source>
        <translation>문서 저장</translation>
    </message>
    <message>
        <source>not saved</source>
        <translation>저장 안 됨</translation>
    </message>
    <message>
        <source>not found</source>
        <translation>찾지 못함</translation>
    </message>
    <message numerus="yes">
        <source>%n match(es)</source>
        <translation>
            <numerusform>결과 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Indented</source>
        <translation>들여쓰기</translation>
    </message>
    <message>
        <source>Exact bytes</source>
        <translation>바이트 그대로</translation>
    </message>
</context>
<context>
    <name>Tagboat::LayerBars</name>
    <message>
        <source>Layers</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>from %1</source>
        <translation>%1에서</translation>
    </message>
    <message>
        <source>image configuration</source>
        <translation>이미지 설정</translation>
    </message>
</context>
<context>
    <name>Tagboat::LayersModel</name>
    <message>
        <source>missing</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>This layer is not on this computer.</source>
        <translation>이 레이어는 이 컴퓨터에 없습니다.</translation>
    </message>
    <message>
        <source>%1 holds the same layer; it takes its room once.</source>
        <translation>%1에 같은 레이어가 있습니다. 공간은 한 번만 차지합니다.</translation>
    </message>
    <message>
        <source>no layer</source>
        <translation>레이어 없음</translation>
    </message>
    <message>
        <source>only here</source>
        <translation>여기에만 있음</translation>
    </message>
    <message>
        <source>This step changed only the image&apos;s settings.</source>
        <translation>이 단계는 이미지 설정만 바꾸었습니다.</translation>
    </message>
    <message>
        <source>Build step</source>
        <translation>빌드 단계</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>레이어</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Shared with</source>
        <translation>공유하는 이미지</translation>
    </message>
    <message>
        <source>elsewhere</source>
        <translation>다른 곳</translation>
    </message>
    <message>
        <source>This layer may not be passed on by registries. It is fetched from where its maker offers it, when the image is run.</source>
        <translation>레지스트리가 다시 배포할 수 없는 레이어입니다. 이미지를 실행할 때 제작자가 제공하는 곳에서 가져옵니다.</translation>
    </message>
    <message>
        <source>Comment: %1</source>
        <translation>설명: %1</translation>
    </message>
    <message>
        <source>Author: %1</source>
        <translation>작성자: %1</translation>
    </message>
    <message>
        <source>plain tar</source>
        <translation>압축 안 한 tar</translation>
    </message>
    <message>
        <source>%1, foreign</source>
        <translation>%1, 외부</translation>
    </message>
    <message>
        <source>%1
Unpacked (diff ID): %2</source>
        <translation>%1
압축을 푼 상태(diff ID): %2</translation>
    </message>
    <message>
        <source>%1 bytes, %2 of all layers</source>
        <translation>%1바이트, 전체 레이어의 %2</translation>
    </message>
    <message>
        <source>Packed</source>
        <translation>압축</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>만든 날짜</translation>
    </message>
</context>
<context>
    <name>Tagboat::LoginFields</name>
    <message>
        <source>Log in &amp;with</source>
        <translation>로그인 방법(&amp;W)</translation>
    </message>
    <message>
        <source>Log in with</source>
        <translation>로그인 방법</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>선택…</translation>
    </message>
    <message>
        <source>Choose the key file</source>
        <translation>키 파일 선택</translation>
    </message>
    <message>
        <source>&amp;User</source>
        <translation>사용자(&amp;U)</translation>
    </message>
    <message>
        <source>empty: without login</source>
        <translation>비워 두면 로그인하지 않음</translation>
    </message>
    <message>
        <source>Key file</source>
        <translation>키 파일</translation>
    </message>
    <message>
        <source>Keys (*.json);;All files (*)</source>
        <translation>키 (*.json);;모든 파일 (*)</translation>
    </message>
    <message>
        <source>This is not the JSON file of a key.</source>
        <translation>키의 JSON 파일이 아닙니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::LogoutDialog</name>
    <message>
        <source>Remove account</source>
        <translation>계정 제거</translation>
    </message>
    <message>
        <source>Remove the account %1?</source>
        <translation>%1 계정을 제거하시겠습니까?</translation>
    </message>
    <message>
        <source>The registry disappears from the list. Its images stay where they are.</source>
        <translation>레지스트리가 목록에서 사라집니다. 이미지는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>Its password is removed from the keychain. Images stay where they are, on this computer and in the registry.</source>
        <translation>암호를 키체인에서 제거합니다. 이 컴퓨터와 레지스트리의 이미지는 그대로 남습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::MainWindow</name>
    <message>
        <source>&amp;File</source>
        <translation>파일(&amp;F)</translation>
    </message>
    <message>
        <source>&amp;Image</source>
        <translation>이미지(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Registry</source>
        <translation>레지스트리(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Transfer</source>
        <translation>전송(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>보기(&amp;V)</translation>
    </message>
    <message>
        <source>&amp;Settings</source>
        <translation>설정(&amp;S)</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>테마(&amp;T)</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>언어(&amp;L)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>Show in Transfers</source>
        <translation>전송에서 보기</translation>
    </message>
    <message>
        <source>%1 used</source>
        <translation>%1 사용</translation>
    </message>
    <message>
        <source>%1 used · %2 free</source>
        <translation>%1 사용 · %2 남음</translation>
    </message>
    <message>
        <source>Quit Tagboat</source>
        <translation>Tagboat 끝내기</translation>
    </message>
    <message numerus="yes">
        <source>%n transfer(s) still running. Quit and stop them?</source>
        <translation>
            <numerusform>전송 %n개가 아직 진행 중입니다. 중지하고 끝내시겠습니까?</numerusform>
        </translation>
    </message>
    <message>
        <source>What is complete is kept; nothing half-written is left behind.</source>
        <translation>완료된 것은 보관되며, 쓰다 만 것은 남지 않습니다.</translation>
    </message>
    <message>
        <source>Stop and quit</source>
        <translation>중지하고 끝내기</translation>
    </message>
    <message>
        <source>Keep running</source>
        <translation>계속 실행</translation>
    </message>
    <message>
        <source>Show transfers</source>
        <translation>전송 보기</translation>
    </message>
    <message numerus="yes">
        <source>%n transfer(s) were interrupted when Tagboat was closed.</source>
        <translation>
            <numerusform>Tagboat를 닫을 때 전송 %n개가 중단되었습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Files inside</source>
        <translation>안의 파일(&amp;F)</translation>
    </message>
</context>
<context>
    <name>Tagboat::MessageStrip</name>
    <message>
        <source>Details</source>
        <translation>상세 정보</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>상세 정보 복사</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>이 메시지 닫기</translation>
    </message>
</context>
<context>
    <name>Tagboat::NameHistory</name>
    <message>
        <source>name given</source>
        <translation>이름 지정</translation>
    </message>
    <message>
        <source>name removed</source>
        <translation>이름 제거</translation>
    </message>
    <message>
        <source>image deleted</source>
        <translation>이미지 삭제</translation>
    </message>
    <message>
        <source>clean-up</source>
        <translation>정리</translation>
    </message>
    <message>
        <source>pull</source>
        <translation>가져오기</translation>
    </message>
    <message>
        <source>import</source>
        <translation>불러오기</translation>
    </message>
    <message>
        <source>undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>change</source>
        <translation>변경</translation>
    </message>
    <message>
        <source>can be undone</source>
        <translation>실행 취소 가능</translation>
    </message>
    <message>
        <source>undone</source>
        <translation>실행 취소됨</translation>
    </message>
    <message>
        <source>is so again</source>
        <translation>다시 같음</translation>
    </message>
    <message>
        <source>changed again since</source>
        <translation>그 뒤 다시 변경됨</translation>
    </message>
    <message>
        <source>image is gone</source>
        <translation>이미지 없음</translation>
    </message>
    <message>
        <source>image is incomplete</source>
        <translation>이미지 불완전</translation>
    </message>
    <message>
        <source>This change of %1 was undone already.</source>
        <translation>%1의 이 변경은 이미 실행 취소되었습니다.</translation>
    </message>
    <message>
        <source>%1 means again what it meant before this change.</source>
        <translation>%1은(는) 이 변경 전과 같은 이미지를 다시 가리킵니다.</translation>
    </message>
    <message>
        <source>%1 was changed again since; undo the later change first.</source>
        <translation>%1은(는) 그 뒤에 다시 변경되었습니다. 나중 변경을 먼저 실행 취소하십시오.</translation>
    </message>
    <message>
        <source>The image that %1 meant is not on this computer any more: it was deleted or cleaned up. Pull or import it again.</source>
        <translation>%1이(가) 가리키던 이미지가 이 컴퓨터에 더 이상 없습니다. 삭제되었거나 정리되었습니다. 다시 가져오거나 불러오십시오.</translation>
    </message>
    <message>
        <source>Parts of the image that %1 meant are not on this computer any more. Pull or import it again.</source>
        <translation>%1이(가) 가리키던 이미지의 일부가 이 컴퓨터에 더 이상 없습니다. 다시 가져오거나 불러오십시오.</translation>
    </message>
    <message>
        <source>There was no such name before</source>
        <translation>이전에는 이 이름이 없었습니다</translation>
    </message>
    <message>
        <source>There was no such name any more</source>
        <translation>이 이름이 더 이상 없었습니다</translation>
    </message>
    <message>
        <source>%1, command line</source>
        <comment>name removed, command line</comment>
        <translation>%1, 명령줄</translation>
    </message>
    <message>
        <source>When</source>
        <translation>언제</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>From image</source>
        <translation>이전 이미지</translation>
    </message>
    <message>
        <source>To image</source>
        <translation>새 이미지</translation>
    </message>
    <message>
        <source>By</source>
        <translation>원인</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
</context>
<context>
    <name>Tagboat::NameHistoryDialog</name>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>&amp;Undo these changes</source>
        <translation>이 변경 실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>No name on this computer was changed yet.</source>
        <translation>이 컴퓨터에서 변경된 이름이 아직 없습니다.</translation>
    </message>
    <message numerus="yes">
        <source>Undo %n changes</source>
        <translation>
            <numerusform>변경 %n개 실행 취소</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::Names</name>
    <message>
        <source>any</source>
        <comment>platform</comment>
        <translation>모두</translation>
    </message>
    <message>
        <source>%1 (not on this computer)</source>
        <translation>%1 (이 컴퓨터에 없음)</translation>
    </message>
    <message>
        <source>untagged</source>
        <translation>태그 없음</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <comment>signature of alice/ui:v1</comment>
        <translation>%2의 %1</translation>
    </message>
</context>
<context>
    <name>Tagboat::NamespaceRules</name>
    <message>
        <source>Use for a namespace…</source>
        <translation>네임스페이스에 사용…</translation>
    </message>
    <message>
        <source>Act as this account for a namespace or repository, whatever account is the default</source>
        <translation>기본 계정과 관계없이 특정 네임스페이스나 리포지토리에 이 계정을 사용합니다</translation>
    </message>
    <message>
        <source>Namespace or repository</source>
        <translation>네임스페이스 또는 리포지토리</translation>
    </message>
    <message>
        <source>namespace, or namespace/repository</source>
        <translation>네임스페이스 또는 네임스페이스/리포지토리</translation>
    </message>
    <message>
        <source>What the account is used for there</source>
        <translation>그곳에서 이 계정을 쓰는 용도</translation>
    </message>
    <message>
        <source>pull and push</source>
        <translation>풀과 푸시</translation>
    </message>
    <message>
        <source>push only</source>
        <translation>푸시만</translation>
    </message>
    <message>
        <source>pull only</source>
        <translation>풀만</translation>
    </message>
    <message>
        <source>Do not use the account for this namespace</source>
        <translation>이 네임스페이스에 이 계정을 사용하지 않음</translation>
    </message>
    <message>
        <source>“%1” is no namespace or repository of %2.</source>
        <translation>“%1”은(는) %2의 네임스페이스나 리포지토리가 아닙니다.</translation>
    </message>
    <message>
        <source>So far %1 is used for %2.</source>
        <translation>지금까지 %2에는 %1 계정을 사용했습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::NewsButton</name>
    <message>
        <source>The registries are being asked. Nothing is pulled.</source>
        <translation>레지스트리에 물어보는 중입니다. 아무것도 풀하지 않습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n outdated</source>
        <translation>
            <numerusform>오래됨 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Check for newer</source>
        <translation>새 이미지 확인</translation>
    </message>
    <message numerus="yes">
        <source>%n not known</source>
        <translation>
            <numerusform>알 수 없음 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing newer</source>
        <translation>새 이미지 없음</translation>
    </message>
    <message>
        <source>All images were checked %1.</source>
        <translation>모든 이미지를 마지막으로 확인한 때: %1.</translation>
    </message>
    <message>
        <source>&amp;Stop checking</source>
        <translation>확인 중지(&amp;S)</translation>
    </message>
</context>
<context>
    <name>Tagboat::NewsCells</name>
    <message>
        <source>Was: %1
Is now: %2
Checked %3</source>
        <translation>이전: %1
지금: %2
확인: %3</translation>
    </message>
    <message>
        <source>The tag of its base, %1, points at another image now.</source>
        <translation>베이스의 태그 %1이(가) 이제 다른 이미지를 가리킵니다.</translation>
    </message>
    <message>
        <source>base moved on</source>
        <translation>베이스 바뀜</translation>
    </message>
    <message>
        <source>The registry has another image under the name %1.</source>
        <translation>레지스트리에는 %1 이름으로 다른 이미지가 있습니다.</translation>
    </message>
    <message>
        <source>newer in registry</source>
        <translation>레지스트리에 새 버전</translation>
    </message>
</context>
<context>
    <name>Tagboat::NewsText</name>
    <message>
        <source>not checked yet</source>
        <translation>아직 확인하지 않음</translation>
    </message>
    <message>
        <source>up to date, checked %1</source>
        <translation>최신, 확인: %1</translation>
    </message>
    <message>
        <source>no longer in its registry, checked %1</source>
        <translation>레지스트리에 더 이상 없음, 확인: %1</translation>
    </message>
    <message>
        <source>not known: %1</source>
        <translation>알 수 없음: %1</translation>
    </message>
    <message>
        <source>Base image</source>
        <translation>기반 이미지</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>python:3.13 (by annotation)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>its name is not known</source>
        <translation>이름을 알 수 없음</translation>
    </message>
    <message>
        <source>never pulled or pushed by that name</source>
        <translation>그 이름으로 풀하거나 푸시한 적이 없음</translation>
    </message>
    <message>
        <source>Pull the new base…</source>
        <translation>새 베이스 풀…</translation>
    </message>
    <message>
        <source>Fetch what %1 is now</source>
        <translation>지금의 %1을(를) 가져옵니다</translation>
    </message>
    <message>
        <source>In registry</source>
        <translation>레지스트리</translation>
    </message>
    <message>
        <source>Pull it…</source>
        <translation>풀…</translation>
    </message>
    <message>
        <source>by annotation</source>
        <translation>주석에 따름</translation>
    </message>
    <message>
        <source>by label</source>
        <translation>레이블에 따름</translation>
    </message>
    <message>
        <source>by build record</source>
        <translation>빌드 기록에 따름</translation>
    </message>
    <message>
        <source>by its layers</source>
        <translation>레이어에 따름</translation>
    </message>
    <message>
        <source>moved on, checked %1</source>
        <translation>바뀜, 확인: %1</translation>
    </message>
    <message>
        <source>newer in registry, checked %1</source>
        <translation>레지스트리에 새 버전 있음, 확인: %1</translation>
    </message>
    <message>
        <source>the image does not tell which one of that name it was made from</source>
        <translation>그 이름의 어느 이미지로 만들었는지 이미지에 적혀 있지 않음</translation>
    </message>
    <message>
        <source>only a look into its index would tell, which counts as a pull there</source>
        <translation>인덱스를 읽어야만 알 수 있는데, 그곳에서는 풀로 셈</translation>
    </message>
    <message>
        <source>nobody knows</source>
        <translation>알려진 것이 없음</translation>
    </message>
    <message>
        <source>Checking %1 of %2…</source>
        <translation>%2개 중 %1개 확인하는 중…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>확인하는 중…</translation>
    </message>
    <message>
        <source>not known: it names none, and begins with the layers of no image here</source>
        <translation>알 수 없음: 이미지에 적혀 있지 않고, 여기 있는 어떤 이미지의 레이어로도 시작하지 않음</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>지금 확인</translation>
    </message>
    <message>
        <source>Ask the registries now. Where nothing else tells, the index is looked into, which Docker Hub counts as a pull.</source>
        <translation>지금 레지스트리에 물어봅니다. 달리 알 수 없으면 인덱스를 읽으며, Docker Hub에서는 이것을 풀로 셉니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::OpenRepositoryDialog</name>
    <message>
        <source>Open a repository of %1</source>
        <translation>%1의 리포지토리 열기</translation>
    </message>
    <message>
        <source>Repository %1 of %2</source>
        <translation>%2의 리포지토리 %1</translation>
    </message>
</context>
<context>
    <name>Tagboat::OutdatedDialog</name>
    <message>
        <source>Pull new base…</source>
        <translation>새 베이스 풀…</translation>
    </message>
    <message>
        <source>Choose this image in the list of images</source>
        <translation>이미지 목록에서 이 이미지를 선택합니다</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) on it</source>
        <translation>
            <numerusform>이미지 %n개의 베이스</numerusform>
        </translation>
    </message>
    <message>
        <source>Base %1</source>
        <translation>베이스: %1</translation>
    </message>
    <message>
        <source>Newer in their registry</source>
        <translation>레지스트리에 새 버전 있음</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <comment>name and why nothing is known</comment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>No longer in their registry</source>
        <translation>레지스트리에 더 이상 없음</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>알 수 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) outdated</source>
        <translation>
            <numerusform>오래된 이미지 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing newer is known</source>
        <translation>알려진 새 이미지 없음</translation>
    </message>
    <message>
        <source>Everything is up to date</source>
        <translation>모두 최신입니다</translation>
    </message>
    <message>
        <source>The bases of the images here, and the names that were pulled or pushed, are in their registries what they were.</source>
        <translation>여기 있는 이미지의 베이스와, 풀하거나 푸시한 이름은 레지스트리에서 그대로입니다.</translation>
    </message>
    <message>
        <source>No base is known yet</source>
        <translation>아직 알려진 베이스가 없습니다</translation>
    </message>
    <message>
        <source>A base is known from the annotations or labels of an image, or because another image here has the layers that it begins with: pull the base that your images are made from, and they will be compared with its registry.</source>
        <translation>베이스는 이미지의 주석이나 레이블, 또는 그 이미지가 시작하는 레이어를 가진 다른 이미지로 알 수 있습니다. 이미지를 만든 베이스를 풀해 두면 레지스트리와 비교합니다.</translation>
    </message>
    <message>
        <source>Are the bases of your images still current?</source>
        <translation>이미지의 베이스가 아직 최신입니까?</translation>
    </message>
    <message>
        <source>Tagboat can ask the registries whether the tags that your images were made from, or pulled by, point at something newer now. It only asks for the digest of each tag: nothing is pulled, and nothing counts against a pull limit.</source>
        <translation>Tagboat가 이미지를 만들거나 풀한 태그가 이제 더 새로운 것을 가리키는지 레지스트리에 물어볼 수 있습니다. 각 태그의 다이제스트만 묻습니다. 아무것도 풀하지 않으며 풀 한도에도 들어가지 않습니다.</translation>
    </message>
    <message>
        <source>Checked %1</source>
        <translation>확인: %1</translation>
    </message>
    <message>
        <source>Stop checking</source>
        <translation>확인 중지</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>다시 확인</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>지금 확인</translation>
    </message>
    <message>
        <source>Pull it…</source>
        <translation>풀…</translation>
    </message>
    <message>
        <source>Check this again</source>
        <translation>이것만 다시 확인</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>복사</translation>
    </message>
    <message>
        <source>%1 wants to be asked again after %2.</source>
        <translation>%1에는 %2 이후에 다시 물어보아야 합니다.</translation>
    </message>
    <message>
        <source>A registry asked to be left alone for now.</source>
        <translation>지금은 묻지 말라고 한 레지스트리가 있습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::PlanModel</name>
    <message>
        <source>What will happen</source>
        <translation>일어날 일</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>image configuration</source>
        <translation>이미지 설정</translation>
    </message>
    <message>
        <source>already there</source>
        <translation>이미 있음</translation>
    </message>
    <message>
        <source>already here</source>
        <translation>이미 여기에 있음</translation>
    </message>
    <message>
        <source>mount from %1</source>
        <translation>%1에서 마운트</translation>
    </message>
    <message>
        <source>upload</source>
        <translation>업로드</translation>
    </message>
    <message>
        <source>download</source>
        <translation>다운로드</translation>
    </message>
    <message>
        <source>tag </source>
        <comment>followed by a tag</comment>
        <translation>태그 </translation>
    </message>
    <message>
        <source>name </source>
        <comment>followed by a name</comment>
        <translation>이름 </translation>
    </message>
    <message>
        <source>%1 now points at %2 and will point at %3</source>
        <translation>%1: 지금은 %2, 앞으로는 %3</translation>
    </message>
    <message>
        <source>new</source>
        <translation>새로 만듦</translation>
    </message>
    <message>
        <source>moves</source>
        <translation>옮겨 감</translation>
    </message>
    <message>
        <source>The name leaves the image it has now.</source>
        <translation>이름이 지금의 이미지를 떠납니다.</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>변경 없음</translation>
    </message>
    <message>
        <source>%1 (configuration)</source>
        <comment>of a signature, of an SBOM</comment>
        <translation>%1(설정)</translation>
    </message>
    <message>
        <source>Belongs to what was attached to the image: signatures, SBOMs and the like.</source>
        <translation>서명이나 SBOM처럼 이미지에 첨부된 것에 속합니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::PlanView</name>
    <message numerus="yes">
        <source>Push %n tag(s)</source>
        <translation>
            <numerusform>태그 %n개 푸시</numerusform>
        </translation>
    </message>
    <message>
        <source>Push %1</source>
        <translation>%1 푸시</translation>
    </message>
    <message numerus="yes">
        <source>Push %1, %n tag(s)</source>
        <translation>
            <numerusform>%1, 태그 %n개 푸시</numerusform>
        </translation>
    </message>
    <message>
        <source>Pull (all is here already)</source>
        <translation>풀 (이미 모두 있음)</translation>
    </message>
    <message>
        <source>Pull %1</source>
        <translation>%1 풀</translation>
    </message>
    <message>
        <source>(default)</source>
        <translation>(기본값)</translation>
    </message>
    <message>
        <source>registry</source>
        <translation>레지스트리</translation>
    </message>
    <message>
        <source>repository</source>
        <translation>리포지토리</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>digest</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>No signatures or SBOMs are there</source>
        <translation>서명이나 SBOM이 없습니다</translation>
    </message>
    <message>
        <source>With %1</source>
        <comment>2 signatures, 1 SBOM</comment>
        <translation>%1 포함</translation>
    </message>
</context>
<context>
    <name>Tagboat::PlatformsModel</name>
    <message>
        <source>attestation</source>
        <translation>증명</translation>
    </message>
    <message>
        <source>attestation of %1</source>
        <comment>linux/amd64</comment>
        <translation>%1의 증명</translation>
    </message>
    <message>
        <source>here</source>
        <translation>있음</translation>
    </message>
    <message>
        <source>incomplete</source>
        <translation>불완전</translation>
    </message>
    <message>
        <source>Some of its layers are not on this computer.</source>
        <translation>레이어 일부가 이 컴퓨터에 없습니다.</translation>
    </message>
    <message>
        <source>not here</source>
        <translation>없음</translation>
    </message>
    <message>
        <source>It was not pulled: only its entry in the index is here.</source>
        <translation>풀하지 않았습니다. 인덱스의 항목만 여기에 있습니다.</translation>
    </message>
    <message>
        <source>Of the manifest alone</source>
        <translation>매니페스트만의 크기</translation>
    </message>
    <message>
        <source>Manifest, config and layers</source>
        <translation>매니페스트, 설정, 레이어</translation>
    </message>
    <message>
        <source>Platform</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>On this computer</source>
        <translation>이 컴퓨터에</translation>
    </message>
</context>
<context>
    <name>Tagboat::PullDialog</name>
    <message>
        <source>Pull</source>
        <translation>풀</translation>
    </message>
    <message>
        <source>%1 (not logged in)</source>
        <translation>%1 (로그인하지 않음)</translation>
    </message>
    <message>
        <source>%1 — %2</source>
        <comment>account and user</comment>
        <translation>%1 — %2</translation>
    </message>
    <message>
        <source>Not logged in</source>
        <translation>로그인하지 않음</translation>
    </message>
    <message>
        <source>%1 (this computer)</source>
        <translation>%1 (이 컴퓨터)</translation>
    </message>
    <message>
        <source>All platforms</source>
        <translation>모든 플랫폼</translation>
    </message>
    <message>
        <source>Type or paste the name of an image, or a whole “docker pull …” line.</source>
        <translation>이미지 이름이나 “docker pull …” 한 줄 전체를 입력하거나 붙여 넣으십시오.</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1에 묻는 중…</translation>
    </message>
    <message>
        <source>Acting as %1</source>
        <translation>%1 계정으로 진행</translation>
    </message>
    <message>
        <source>%1 already here</source>
        <translation>%1: 이미 여기에 있음</translation>
    </message>
    <message>
        <source>%1 has no image for %2.</source>
        <translation>%1에는 %2용 이미지가 없습니다.</translation>
    </message>
    <message>
        <source>There are images for %1. Choose one of them, or all platforms.</source>
        <translation>있는 플랫폼: %1. 이 가운데 하나를 고르거나 모든 플랫폼을 고르십시오.</translation>
    </message>
</context>
<context>
    <name>Tagboat::PushDestinations</name>
    <message>
        <source>Also push to…</source>
        <translation>다른 곳에도 푸시…</translation>
    </message>
    <message>
        <source>Push the image to another registry or repository in the same transfer</source>
        <translation>같은 전송으로 이미지를 다른 레지스트리나 리포지토리에도 푸시합니다</translation>
    </message>
    <message>
        <source>Account to push as</source>
        <translation>푸시에 사용할 계정</translation>
    </message>
    <message>
        <source>Repository</source>
        <translation>리포지토리</translation>
    </message>
    <message>
        <source>name, or group/name</source>
        <translation>이름 또는 그룹/이름</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>One tag, or several with commas between them</source>
        <translation>태그 하나, 또는 쉼표로 구분한 여러 태그</translation>
    </message>
    <message>
        <source>Do not push to this destination</source>
        <translation>이 대상에는 푸시하지 않기</translation>
    </message>
    <message>
        <source>%1: a repository name is needed</source>
        <translation>%1: 리포지토리 이름이 필요합니다</translation>
    </message>
    <message>
        <source>%1: a tag is needed</source>
        <translation>%1: 태그가 필요합니다</translation>
    </message>
</context>
<context>
    <name>Tagboat::PushDialog</name>
    <message>
        <source>Push</source>
        <translation>푸시</translation>
    </message>
    <message>
        <source>Push %1</source>
        <translation>%1 푸시</translation>
    </message>
    <message>
        <source>All platforms (%1)</source>
        <translation>모든 플랫폼 (%1)</translation>
    </message>
    <message>
        <source>A repository name is needed, for example %1</source>
        <translation>리포지토리 이름이 필요합니다. 예: %1</translation>
    </message>
    <message>
        <source>There is no account to push with yet.</source>
        <translation>푸시할 계정이 아직 없습니다.</translation>
    </message>
    <message>
        <source>Docker Hub and most registries take images only from somebody who is logged in.</source>
        <translation>Docker Hub와 대부분의 레지스트리는 로그인한 사용자의 이미지만 받습니다.</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>계정 추가…</translation>
    </message>
    <message>
        <source>Asking %1 what it already has…</source>
        <translation>%1에 이미 무엇이 있는지 묻는 중…</translation>
    </message>
    <message>
        <source>Not logged in; the registry takes pushes from everybody</source>
        <translation>로그인하지 않음. 이 레지스트리는 누구의 푸시나 받습니다</translation>
    </message>
    <message>
        <source>Acting as %1, who may push here</source>
        <translation>%1 계정으로 진행하며, 여기에 푸시할 수 있습니다</translation>
    </message>
    <message numerus="yes">
        <source>%n platform(s) of the index are not on this computer and stay out</source>
        <translation>
            <numerusform>인덱스의 플랫폼 %n개가 이 컴퓨터에 없어 제외됩니다</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::PushPreviews</name>
    <message>
        <source>asking…</source>
        <translation>확인 중…</translation>
    </message>
    <message>
        <source>not reached</source>
        <translation>연결 안 됨</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>거부됨</translation>
    </message>
</context>
<context>
    <name>Tagboat::RefusalText</name>
    <message>
        <source>Somebody not logged in</source>
        <translation>로그인하지 않은 사용자</translation>
    </message>
    <message>
        <source>%1 may not push to %2.</source>
        <translation>%1 계정은 %2에 푸시할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 may not delete from %2.</source>
        <translation>%1 계정은 %2에서 삭제할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 has no access to %2.</source>
        <translation>%1 계정은 %2에 접근할 수 없습니다.</translation>
    </message>
    <message>
        <source>Log in…</source>
        <translation>로그인…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>Use another account…</source>
        <translation>다른 계정 사용…</translation>
    </message>
    <message>
        <source>Push as %1</source>
        <translation>%1 계정으로 푸시</translation>
    </message>
    <message>
        <source>Go on as %1</source>
        <translation>%1 계정으로 계속</translation>
    </message>
    <message>
        <source>Retag as %1 and push</source>
        <translation>%1 태그로 바꿔 푸시</translation>
    </message>
    <message>
        <source>%1 wants you to log in.</source>
        <translation>%1에 로그인해야 합니다.</translation>
    </message>
    <message>
        <source>Nobody may push there without an account.</source>
        <translation>계정 없이는 그곳에 푸시할 수 없습니다.</translation>
    </message>
    <message>
        <source>%1 is private, or does not exist.</source>
        <translation>%1: 비공개이거나 존재하지 않습니다.</translation>
    </message>
    <message>
        <source>The login of %1 at %2 has expired.</source>
        <translation>%2에서 %1 계정의 로그인이 만료되었습니다.</translation>
    </message>
    <message>
        <source>Such tokens are good for some hours only. Enter a new one, then go on.</source>
        <translation>이런 토큰은 몇 시간만 유효합니다. 새 토큰을 입력한 다음 계속하십시오.</translation>
    </message>
    <message>
        <source>Enter a new one…</source>
        <translation>새로 입력…</translation>
    </message>
    <message>
        <source>A name without an account goes to “library”, which only Docker’s official images use.</source>
        <translation>계정이 없는 이름은 “library”로 갑니다. 그곳은 Docker 공식 이미지만 사용합니다.</translation>
    </message>
    <message>
        <source>The repository belongs to “%1”, who has to give %2 the right; or the login of %2 may only read.</source>
        <translation>이 리포지토리는 “%1”의 것이므로 그쪽에서 %2 계정에 권한을 주어야 합니다. 또는 %2 계정의 로그인이 읽기 전용일 수 있습니다.</translation>
    </message>
    <message>
        <source>The name is %1’s own, so it is the token that may only read. Make one that may write as well, and enter it here.</source>
        <translation>이 이름은 %1 계정의 것이므로, 읽기만 허용된 것은 토큰입니다. 쓰기도 되는 토큰을 만들어 여기에 입력하십시오.</translation>
    </message>
    <message>
        <source>Make such a token</source>
        <translation>그런 토큰 만들기</translation>
    </message>
    <message>
        <source>Enter another token…</source>
        <translation>다른 토큰 입력…</translation>
    </message>
    <message>
        <source>%1 takes classic personal access tokens only.</source>
        <translation>%1에서는 classic 개인 액세스 토큰만 받습니다.</translation>
    </message>
    <message>
        <source>%1 wants a token in place of the password.</source>
        <translation>%1에서는 암호 대신 토큰을 요구합니다.</translation>
    </message>
    <message>
        <source>Fine-grained tokens and passwords are refused. Make a classic token with the right write:packages.</source>
        <translation>fine-grained 토큰과 암호는 거부됩니다. write:packages 권한이 있는 classic 토큰을 만드십시오.</translation>
    </message>
    <message>
        <source>With two-factor login a password is refused. Make a token and enter it here.</source>
        <translation>2단계 로그인을 쓰면 암호가 거부됩니다. 토큰을 만들어 여기에 입력하십시오.</translation>
    </message>
    <message>
        <source>Make a token</source>
        <translation>토큰 만들기</translation>
    </message>
    <message>
        <source>Enter it…</source>
        <translation>입력…</translation>
    </message>
    <message>
        <source>%1 has no repository “%2”.</source>
        <translation>%1에 “%2” 리포지토리가 없습니다.</translation>
    </message>
    <message>
        <source>In this registry it has to be there before a push.</source>
        <translation>이 레지스트리에서는 푸시하기 전에 먼저 있어야 합니다.</translation>
    </message>
    <message>
        <source>Create “%1” and go on</source>
        <translation>“%1” 만들고 계속</translation>
    </message>
    <message>
        <source>Create it in the registry’s own pages.</source>
        <translation>레지스트리의 웹 페이지에서 만드십시오.</translation>
    </message>
    <message>
        <source>The registry says: %1</source>
        <translation>레지스트리의 설명: %1</translation>
    </message>
    <message>
        <source>The clock of this computer does not agree with that of %1.</source>
        <translation>이 컴퓨터의 시계가 %1의 시계와 맞지 않습니다.</translation>
    </message>
    <message>
        <source>Set date and time, and try again.</source>
        <translation>날짜와 시간을 맞춘 다음 다시 시도하십시오.</translation>
    </message>
    <message>
        <source>There is no room left for %1 at the registry.</source>
        <translation>레지스트리에 %1의 남은 공간이 없습니다.</translation>
    </message>
    <message>
        <source>Its quota is used up: delete old images there, or have it raised.</source>
        <translation>할당량을 모두 썼습니다. 그곳의 오래된 이미지를 삭제하거나 할당량을 늘리도록 요청하십시오.</translation>
    </message>
    <message>
        <source>%1 takes no changes at present.</source>
        <translation>%1에서는 지금 변경을 받지 않습니다.</translation>
    </message>
    <message>
        <source>It is in read-only mode, or a mirror of another registry.</source>
        <translation>읽기 전용 상태이거나 다른 레지스트리의 미러입니다.</translation>
    </message>
    <message>
        <source>A rule of the registry forbids this for %1.</source>
        <translation>레지스트리의 규칙이 %1에 대해 이 작업을 금지합니다.</translation>
    </message>
    <message>
        <source>Whoever runs the project can change the rule.</source>
        <translation>프로젝트 관리자가 규칙을 바꿀 수 있습니다.</translation>
    </message>
    <message>
        <source>%1 has no project “%2”, or this account may not see it.</source>
        <translation>%1에 “%2” 프로젝트가 없거나, 이 계정으로는 볼 수 없습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::RegistryConnections</name>
    <message>
        <source>not logged in</source>
        <translation>로그인하지 않음</translation>
    </message>
    <message>
        <source>HTTP</source>
        <translation>HTTP</translation>
    </message>
    <message>
        <source>login refused</source>
        <translation>로그인 거부됨</translation>
    </message>
    <message>
        <source>keychain closed</source>
        <translation>키체인 잠김</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>연결할 수 없음</translation>
    </message>
</context>
<context>
    <name>Tagboat::RegistryHeader</name>
    <message>
        <source>plain HTTP</source>
        <translation>평문 HTTP</translation>
    </message>
    <message>
        <source>What is sent to this registry is not encrypted</source>
        <translation>이 레지스트리로 보내는 내용은 암호화되지 않습니다</translation>
    </message>
    <message>
        <source>The connection is encrypted</source>
        <translation>연결이 암호화되어 있습니다</translation>
    </message>
    <message>
        <source>own CA</source>
        <translation>자체 CA</translation>
    </message>
    <message>
        <source>Its certificate is checked with a file chosen for it</source>
        <translation>이 레지스트리를 위해 고른 파일로 인증서를 확인합니다</translation>
    </message>
    <message>
        <source>logged in</source>
        <translation>로그인됨</translation>
    </message>
    <message>
        <source>wants a login</source>
        <translation>로그인 필요</translation>
    </message>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>login expired</source>
        <translation>로그인 만료</translation>
    </message>
    <message>
        <source>It was good until %1. Enter a new one.</source>
        <translation>%1까지 유효했습니다. 새로 입력하십시오.</translation>
    </message>
    <message>
        <source>login until %1</source>
        <translation>%1까지 로그인</translation>
    </message>
    <message>
        <source>Then a new token or password has to be entered</source>
        <translation>그 뒤에는 새 토큰이나 암호를 입력해야 합니다</translation>
    </message>
    <message>
        <source>Last used %1</source>
        <translation>마지막 사용: %1</translation>
    </message>
    <message>
        <source>pinned</source>
        <translation>고정됨</translation>
    </message>
    <message>
        <source>Only the one certificate is accepted that you trusted</source>
        <translation>신뢰하기로 한 인증서 하나만 허용합니다</translation>
    </message>
</context>
<context>
    <name>Tagboat::RegistryKind</name>
    <message>
        <source>&amp;Password</source>
        <translation>암호(&amp;P)</translation>
    </message>
    <message>
        <source>Access &amp;token</source>
        <translation>액세스 토큰(&amp;T)</translation>
    </message>
    <message>
        <source>Use a personal access token; with two-factor login a password does not work. Make one under &lt;a href=&quot;https://app.docker.com/settings/personal-access-tokens&quot;&gt;Account settings → Personal access tokens&lt;/a&gt; with the right to read and write.</source>
        <translation>개인 액세스 토큰을 사용하십시오. 2단계 인증을 쓰면 암호로는 로그인할 수 없습니다. &lt;a href=&quot;https://app.docker.com/settings/personal-access-tokens&quot;&gt;Account settings → Personal access tokens&lt;/a&gt;에서 읽기·쓰기 권한으로 만드십시오.</translation>
    </message>
    <message>
        <source>Self-hosted</source>
        <translation>직접 운영</translation>
    </message>
    <message>
        <source>A registry of your own, for example the one of the tutorials on port 5000. Leave user and password empty where it asks for none. Plain HTTP needs no setting on this computer itself (localhost).</source>
        <translation>직접 운영하는 레지스트리입니다. 예를 들어 튜토리얼에 나오는 5000번 포트의 레지스트리입니다. 로그인을 요구하지 않으면 사용자와 암호를 비워 두십시오. 이 컴퓨터 자체(localhost)에서는 평문 HTTP 설정이 필요 없습니다.</translation>
    </message>
    <message>
        <source>&amp;Secret</source>
        <translation>비밀 값(&amp;S)</translation>
    </message>
    <message>
        <source>A service principal (application ID and password), a repository-scoped token, or the admin user from the registry’s access keys.</source>
        <translation>서비스 주체(애플리케이션 ID와 암호), 리포지토리 범위 토큰, 또는 레지스트리 액세스 키의 관리자 사용자를 사용하십시오.</translation>
    </message>
    <message>
        <source>Access token</source>
        <translation>액세스 토큰</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>암호</translation>
    </message>
    <message>
        <source>Your own name</source>
        <translation>본인 이름</translation>
    </message>
    <message>
        <source>CLI &amp;secret</source>
        <translation>CLI 비밀(&amp;S)</translation>
    </message>
    <message>
        <source>Your name, and the CLI secret from your user profile in Harbor; the password works only where no single sign-on is used. Images go to HOST/PROJECT/NAME.</source>
        <translation>본인 이름과 Harbor 사용자 프로필의 CLI 비밀을 입력하십시오. 암호는 싱글 사인온을 쓰지 않는 곳에서만 통합니다. 이미지는 HOST/PROJECT/NAME으로 갑니다.</translation>
    </message>
    <message>
        <source>Robot account</source>
        <translation>로봇 계정</translation>
    </message>
    <message>
        <source>&amp;Robot account</source>
        <translation>로봇 계정(&amp;R)</translation>
    </message>
    <message>
        <source>A robot account (robot$project+name, or robot$name for the whole system) with its secret, made in the project under “Robot Accounts”.</source>
        <translation>로봇 계정(robot$project+name, 시스템 전체는 robot$name)과 그 비밀을 입력하십시오. 프로젝트의 “Robot Accounts”에서 만듭니다.</translation>
    </message>
    <message>
        <source>Your GitHub name and a &lt;a href=&quot;https://github.com/settings/tokens&quot;&gt;classic personal access token&lt;/a&gt; with &lt;b&gt;write:packages&lt;/b&gt;; fine-grained tokens are not accepted. New packages are private.</source>
        <translation>GitHub 이름과 &lt;b&gt;write:packages&lt;/b&gt; 권한이 있는 &lt;a href=&quot;https://github.com/settings/tokens&quot;&gt;classic 개인 액세스 토큰&lt;/a&gt;을 입력하십시오. fine-grained 토큰은 받지 않습니다. 새 패키지는 비공개입니다.</translation>
    </message>
    <message>
        <source>Access key (renews the login by itself)</source>
        <translation>액세스 키(로그인을 스스로 갱신)</translation>
    </message>
    <message>
        <source>Access key &amp;ID</source>
        <translation>액세스 키 ID(&amp;I)</translation>
    </message>
    <message>
        <source>&amp;Secret access key</source>
        <translation>비밀 액세스 키(&amp;S)</translation>
    </message>
    <message>
        <source>Tagboat fetches the registry’s twelve-hour login with it, again and again, and never sends the key. Make one under &lt;a href=&quot;https://console.aws.amazon.com/iam/home#/security_credentials&quot;&gt;Security credentials&lt;/a&gt;; the policy AmazonEC2ContainerRegistryPowerUser is enough.</source>
        <translation>Tagboat가 이 키로 12시간짜리 레지스트리 로그인을 그때그때 받아 오며, 키 자체는 보내지 않습니다. &lt;a href=&quot;https://console.aws.amazon.com/iam/home#/security_credentials&quot;&gt;Security credentials&lt;/a&gt;에서 만드십시오. AmazonEC2ContainerRegistryPowerUser 정책이면 충분합니다.</translation>
    </message>
    <message>
        <source>Login of twelve hours</source>
        <translation>12시간 로그인</translation>
    </message>
    <message>
        <source>What &lt;tt&gt;aws ecr get-login-password&lt;/tt&gt; prints. Repositories must exist before the first push.</source>
        <translation>&lt;tt&gt;aws ecr get-login-password&lt;/tt&gt;가 출력하는 값입니다. 첫 푸시 전에 리포지토리가 있어야 합니다.</translation>
    </message>
    <message>
        <source>Service principal, token or admin user</source>
        <translation>서비스 주체, 토큰 또는 관리 사용자</translation>
    </message>
    <message>
        <source>Token of your own login</source>
        <translation>본인 로그인의 토큰</translation>
    </message>
    <message>
        <source>What &lt;tt&gt;az acr login --name NAME --expose-token&lt;/tt&gt; prints as accessToken, or an access token of Entra, which is exchanged at the registry. It is good for some hours.</source>
        <translation>&lt;tt&gt;az acr login --name NAME --expose-token&lt;/tt&gt;이 accessToken으로 출력하는 값, 또는 레지스트리에서 교환되는 Entra 액세스 토큰입니다. 몇 시간 동안 유효합니다.</translation>
    </message>
    <message>
        <source>Key of a service account</source>
        <translation>서비스 계정의 키</translation>
    </message>
    <message>
        <source>&amp;Key file</source>
        <translation>키 파일(&amp;K)</translation>
    </message>
    <message>
        <source>The JSON file of a service account’s key, made in the console under IAM → Service accounts → Keys. Its text goes into the keychain; the file is not needed afterwards.</source>
        <translation>콘솔의 IAM → Service accounts → Keys에서 만든 서비스 계정 키의 JSON 파일입니다. 내용은 키체인에 들어가며, 그 뒤에는 파일이 필요 없습니다.</translation>
    </message>
    <message>
        <source>Access token of one hour</source>
        <translation>1시간 액세스 토큰</translation>
    </message>
    <message>
        <source>What &lt;tt&gt;gcloud auth print-access-token&lt;/tt&gt; prints.</source>
        <translation>&lt;tt&gt;gcloud auth print-access-token&lt;/tt&gt;이 출력하는 값입니다.</translation>
    </message>
    <message>
        <source>Robot account, or your own name</source>
        <translation>로봇 계정 또는 본인 이름</translation>
    </message>
    <message>
        <source>&amp;Token or password</source>
        <translation>토큰 또는 암호(&amp;T)</translation>
    </message>
    <message>
        <source>A robot account (namespace+name) with its token, or your name with the encrypted password from your account settings.</source>
        <translation>로봇 계정(namespace+name)과 그 토큰, 또는 본인 이름과 계정 설정의 암호화된 암호를 입력하십시오.</translation>
    </message>
    <message>
        <source>Application token</source>
        <translation>애플리케이션 토큰</translation>
    </message>
    <message>
        <source>An application-specific token from your account settings.</source>
        <translation>계정 설정에서 만든 애플리케이션 전용 토큰입니다.</translation>
    </message>
    <message>
        <source>OAuth access token</source>
        <translation>OAuth 액세스 토큰</translation>
    </message>
    <message>
        <source>A token of an OAuth application of your organisation.</source>
        <translation>조직의 OAuth 애플리케이션 토큰입니다.</translation>
    </message>
    <message>
        <source>Your name with a &lt;a href=&quot;https://gitlab.com/-/user_settings/personal_access_tokens&quot;&gt;personal access token&lt;/a&gt;, or the name of a deploy token with its token, with &lt;b&gt;read_registry&lt;/b&gt; and &lt;b&gt;write_registry&lt;/b&gt;. With two-factor login a password does not work.</source>
        <translation>본인 이름과 &lt;a href=&quot;https://gitlab.com/-/user_settings/personal_access_tokens&quot;&gt;개인 액세스 토큰&lt;/a&gt;, 또는 배포 토큰의 이름과 그 토큰을 입력하십시오. &lt;b&gt;read_registry&lt;/b&gt;와 &lt;b&gt;write_registry&lt;/b&gt; 권한이 필요합니다. 2단계 로그인을 쓰면 암호는 통하지 않습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::RegistryPage</name>
    <message>
        <source>Newest version: %1</source>
        <translation>최신 버전: %1</translation>
    </message>
    <message>
        <source>%1 of %2 tags…</source>
        <translation>태그 %2개 중 %1개…</translation>
    </message>
    <message>
        <source>There is nothing here yet. Choose an image of this computer and push it.</source>
        <translation>아직 아무것도 없습니다. 이 컴퓨터의 이미지를 골라 푸시하십시오.</translation>
    </message>
    <message>
        <source>Choose a repository.</source>
        <translation>리포지토리를 선택하십시오.</translation>
    </message>
    <message>
        <source>Reading the tags of %1…</source>
        <translation>%1의 태그를 읽는 중…</translation>
    </message>
    <message>
        <source>%1 has no tags.</source>
        <translation>%1에는 태그가 없습니다.</translation>
    </message>
    <message>
        <source>The tags of %1 could not be read.</source>
        <translation>%1의 태그를 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>What is here could not be read.</source>
        <translation>여기에 무엇이 있는지 읽지 못했습니다.</translation>
    </message>
    <message>
        <source>Asking %1…</source>
        <translation>%1에 묻는 중…</translation>
    </message>
    <message>
        <source>%1 does not list its repositories. That is usual for public registries. Open a repository by its name.</source>
        <translation>%1 레지스트리는 리포지토리 목록을 알려 주지 않습니다. 공개 레지스트리에서는 흔한 일입니다. 리포지토리를 이름으로 여십시오.</translation>
    </message>
    <message>
        <source>Speed limit of all transfers with %1 together</source>
        <translation>%1와(과)의 모든 전송을 합한 속도 제한</translation>
    </message>
    <message>
        <source>Speed limit: %1</source>
        <translation>속도 제한: %1</translation>
    </message>
</context>
<context>
    <name>Tagboat::Remedy</name>
    <message>
        <source>Certificate authority of %1</source>
        <translation>%1의 인증 기관</translation>
    </message>
    <message>
        <source>Certificates (*.pem *.crt *.cer);;All files (*)</source>
        <translation>인증서 (*.pem *.crt *.cer);;모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>Tagboat::RemoteDetails</name>
    <message>
        <source>Name</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>태그</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>Image ID</source>
        <translation>이미지 ID</translation>
    </message>
    <message>
        <source>On this computer as</source>
        <translation>이 컴퓨터에서의 이름</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Artifact type</source>
        <translation>아티팩트 형식</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성</translation>
    </message>
    <message>
        <source>exactly this</source>
        <translation>정확히 이것</translation>
    </message>
</context>
<context>
    <name>Tagboat::RemoteRemoveDialog</name>
    <message>
        <source>Delete from %1</source>
        <translation>%1에서 삭제</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>%1 is the only tag of image %2</source>
        <translation>%1: 이미지 %2의 하나뿐인 태그입니다</translation>
    </message>
    <message numerus="yes">
        <source>%1 is one of %n tags of one image</source>
        <translation>
            <numerusform>%1: 한 이미지의 태그 %n개 중 하나입니다</numerusform>
        </translation>
    </message>
    <message>
        <source>The image stays in the registry without a tag.</source>
        <translation>이미지는 태그 없이 레지스트리에 남습니다.</translation>
    </message>
    <message numerus="yes">
        <source>The image and its other %n tag(s) stay.</source>
        <translation>
            <numerusform>이미지와 나머지 태그 %n개는 남습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Up to %1 comes free at the registry’s next garbage collection.</source>
        <translation>레지스트리의 다음 가비지 수집 때 최대 %1가 비워집니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s) disappear.</source>
        <translation>
            <numerusform>태그 %n개가 사라집니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove tag %1</source>
        <translation>태그 %1 제거</translation>
    </message>
    <message numerus="yes">
        <source>Delete image, %n tag(s)</source>
        <translation>
            <numerusform>이미지와 태그 %n개 삭제</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 cannot remove a single tag.</source>
        <translation>%1에서는 태그 하나만 제거할 수 없습니다.</translation>
    </message>
    <message>
        <source>It only deletes whole images, with all their tags, where deletion is switched on.</source>
        <translation>삭제가 켜져 있을 때 이미지 전체를 모든 태그와 함께 삭제할 수만 있습니다.</translation>
    </message>
</context>
<context>
    <name>Tagboat::RemoteTagsModel</name>
    <message>
        <source>Tags of one image stand together</source>
        <translation>한 이미지의 태그를 모아 표시합니다</translation>
    </message>
    <message>
        <source>Digest</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>Platforms</source>
        <translation>플랫폼</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>생성</translation>
    </message>
    <message>
        <source>Here</source>
        <comment>on this computer</comment>
        <translation>여기</translation>
    </message>
    <message>
        <source>✓ same</source>
        <translation>✓ 같음</translation>
    </message>
    <message>
        <source>The same image is on this computer</source>
        <translation>같은 이미지가 이 컴퓨터에 있습니다</translation>
    </message>
    <message>
        <source>attached to %1</source>
        <comment>a tag or digest</comment>
        <translation>%1에 첨부됨</translation>
    </message>
</context>
<context>
    <name>Tagboat::RemoveDialog</name>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Delete image</source>
        <translation>이미지 삭제</translation>
    </message>
    <message>
        <source>Remove tag</source>
        <translation>태그 제거</translation>
    </message>
    <message>
        <source>Image %1 has no name</source>
        <translation>이미지 %1에는 이름이 없습니다</translation>
    </message>
    <message numerus="yes">
        <source>Image %1 has %n name(s)</source>
        <translation>
            <numerusform>이미지 %1에는 이름이 %n개 있습니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n images</source>
        <translation>
            <numerusform>이미지 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 is the only name of image %2</source>
        <translation>%1: 이미지 %2의 하나뿐인 이름입니다</translation>
    </message>
    <message numerus="yes">
        <source>%1 is one of %n names of image %2</source>
        <translation>
            <numerusform>%1: 이미지 %2의 이름 %n개 중 하나입니다</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n names of %1</source>
        <translation>
            <numerusform>%1의 이름 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>Remove only the name %1</source>
        <translation>이름 %1만 제거</translation>
    </message>
    <message numerus="yes">
        <source>Remove only these %n names</source>
        <translation>
            <numerusform>이 이름 %n개만 제거</numerusform>
        </translation>
    </message>
    <message>
        <source>Delete the image</source>
        <translation>이미지 삭제</translation>
    </message>
    <message numerus="yes">
        <source>Delete the %n images</source>
        <translation>
            <numerusform>이미지 %n개 삭제</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The image and its other %n name(s) stay.</source>
        <translation>
            <numerusform>이미지와 나머지 이름 %n개는 남습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The image stays, without a name, until it is deleted or cleaned up.</source>
        <translation>이미지는 삭제하거나 정리할 때까지 이름 없이 남습니다.</translation>
    </message>
    <message numerus="yes">
        <source>All %n names disappear; %1 comes free.</source>
        <translation>
            <numerusform>이름 %n개가 모두 사라지고 %1가 비워집니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 comes free.</source>
        <translation>%1가 비워집니다.</translation>
    </message>
    <message numerus="yes">
        <source>Remove %n name(s)</source>
        <translation>
            <numerusform>이름 %n개 제거</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Delete %n image(s)</source>
        <translation>
            <numerusform>이미지 %n개 삭제</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 stays, since other images need it: %2.</source>
        <translation>%1은(는) 다른 이미지에 필요하므로 남습니다: %2.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s) attached to it go(es) along, such as signatures.</source>
        <translation>
            <numerusform>여기에 딸린 서명 같은 이미지 %n개도 함께 삭제됩니다.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::RepositoryPane</name>
    <message numerus="yes">
        <source>%n repositories</source>
        <translation>
            <numerusform>리포지토리 %n개</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::SaveFile</name>
    <message>
        <source>Save file as</source>
        <translation>다른 이름으로 파일 저장</translation>
    </message>
    <message>
        <source>All files (*)</source>
        <translation>모든 파일 (*)</translation>
    </message>
</context>
<context>
    <name>Tagboat::SidebarModel</name>
    <message>
        <source>default</source>
        <translation>기본</translation>
    </message>
    <message>
        <source>%1: connected</source>
        <translation>%1: 연결됨</translation>
    </message>
    <message>
        <source>%1: connected, without encryption</source>
        <translation>%1: 암호화 없이 연결됨</translation>
    </message>
    <message>
        <source>%1: connecting</source>
        <translation>%1: 연결 중</translation>
    </message>
    <message>
        <source>%1: the login was not accepted</source>
        <translation>%1: 로그인이 받아들여지지 않음</translation>
    </message>
    <message>
        <source>%1: not reachable</source>
        <translation>%1: 연결할 수 없음</translation>
    </message>
    <message>
        <source>%1: not asked yet</source>
        <translation>%1: 아직 확인하지 않음</translation>
    </message>
    <message>
        <source>Images</source>
        <translation>이미지</translation>
    </message>
    <message>
        <source>Registries</source>
        <translation>레지스트리</translation>
    </message>
    <message>
        <source>Activity</source>
        <translation>활동</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>이 컴퓨터</translation>
    </message>
    <message>
        <source>Add account…</source>
        <translation>계정 추가…</translation>
    </message>
    <message>
        <source>Transfers</source>
        <translation>전송</translation>
    </message>
    <message numerus="yes">
        <source>%n running</source>
        <comment>transfers</comment>
        <translation>
            <numerusform>%n개 진행 중</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n paused</source>
        <comment>transfers</comment>
        <translation>
            <numerusform>%n개 일시 정지</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::SpeedLimitMenu</name>
    <message>
        <source>No limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>Other (%1)…</source>
        <translation>기타(%1)…</translation>
    </message>
    <message>
        <source>Other…</source>
        <translation>기타…</translation>
    </message>
    <message>
        <source>Limit for all transfers</source>
        <translation>모든 전송의 속도 제한</translation>
    </message>
    <message>
        <source>Limit for this transfer</source>
        <translation>이 전송의 속도 제한</translation>
    </message>
    <message>
        <source>At most, in MB per second:</source>
        <translation>초당 최대 MB:</translation>
    </message>
    <message>
        <source>Speed li&amp;mit</source>
        <translation>속도 제한(&amp;M)</translation>
    </message>
    <message>
        <source>Limit t&amp;his transfer</source>
        <translation>이 전송의 속도 제한(&amp;H)</translation>
    </message>
    <message>
        <source>Limit t&amp;his registry</source>
        <translation>이 레지스트리의 속도 제한(&amp;H)</translation>
    </message>
    <message>
        <source>Limit for this registry</source>
        <translation>이 레지스트리의 속도 제한</translation>
    </message>
</context>
<context>
    <name>Tagboat::StallLine</name>
    <message>
        <source>Next try in %1.</source>
        <translation>%1 뒤에 다시 시도합니다.</translation>
    </message>
    <message>
        <source>Trying again…</source>
        <translation>다시 시도하는 중…</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>지금 시도</translation>
    </message>
</context>
<context>
    <name>Tagboat::TagCascade</name>
    <message>
        <source>version cascade</source>
        <translation>버전 단계별 태그</translation>
    </message>
    <message>
        <source>%1: a higher version is here and keeps it</source>
        <comment>2, latest: a higher version …</comment>
        <translation>%1: 더 높은 버전이 여기에 있어 그대로 둡니다</translation>
    </message>
</context>
<context>
    <name>Tagboat::TagDialog</name>
    <message>
        <source>Add name</source>
        <translation>이름 추가</translation>
    </message>
    <message>
        <source>A name for an image ends in a tag, not in a digest</source>
        <translation>이미지 이름은 다이제스트가 아니라 태그로 끝납니다</translation>
    </message>
    <message>
        <source>For example alice/ui:v1 or registry.local:5000/gallery/ui:2.1</source>
        <translation>예: alice/ui:v1 또는 registry.local:5000/gallery/ui:2.1</translation>
    </message>
    <message>
        <source>%1 is a name of this image already.</source>
        <translation>%1: 이미 이 이미지의 이름입니다.</translation>
    </message>
    <message numerus="yes">
        <source>Add %n name(s)</source>
        <translation>
            <numerusform>이름 %n개 추가</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%1 (the former image keeps %n other name(s))</source>
        <translation>
            <numerusform>%1 (이전 이미지에는 다른 이름 %n개가 남습니다)</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 (the former image is left without a name)</source>
        <translation>%1 (이전 이미지에는 이름이 남지 않습니다)</translation>
    </message>
</context>
<context>
    <name>Tagboat::TargetLine</name>
    <message>
        <source>Hide the layers</source>
        <translation>레이어 숨기기</translation>
    </message>
    <message>
        <source>Show the layers</source>
        <translation>레이어 보기</translation>
    </message>
</context>
<context>
    <name>Tagboat::Text</name>
    <message>
        <source>%1 of %2</source>
        <translation>%1 / %2</translation>
    </message>
    <message>
        <source>%1/s</source>
        <translation>%1/s</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1초</translation>
    </message>
    <message>
        <source>%1:%2 min</source>
        <comment>minutes and seconds</comment>
        <translation>%1분 %2초</translation>
    </message>
    <message>
        <source>%1:%2 h</source>
        <comment>hours and minutes</comment>
        <translation>%1시간 %2분</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>방금</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s) ago</source>
        <translation>
            <numerusform>%n분 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s) ago</source>
        <translation>
            <numerusform>%n시간 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n일 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n week(s) ago</source>
        <translation>
            <numerusform>%n주 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n month(s) ago</source>
        <translation>
            <numerusform>%n개월 전</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n year(s) ago</source>
        <translation>
            <numerusform>%n년 전</numerusform>
        </translation>
    </message>
    <message>
        <source>The image does not say when it was made.</source>
        <translation>이미지에 만든 때가 적혀 있지 않습니다.</translation>
    </message>
    <message>
        <source>The image says 1970, as reproducible builds do.</source>
        <translation>재현 가능한 빌드에서 흔하듯 1970년으로 적혀 있습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n image(s)</source>
        <translation>
            <numerusform>이미지 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n tag(s)</source>
        <translation>
            <numerusform>태그 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n layer(s)</source>
        <translation>
            <numerusform>레이어 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>signature</source>
        <translation>서명</translation>
    </message>
    <message>
        <source>SBOM</source>
        <translation>SBOM</translation>
    </message>
    <message>
        <source>attestation</source>
        <translation>증명</translation>
    </message>
    <message>
        <source>attachment</source>
        <translation>첨부</translation>
    </message>
    <message numerus="yes">
        <source>%n signature(s)</source>
        <translation>
            <numerusform>서명 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n SBOM(s)</source>
        <translation>
            <numerusform>SBOM %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n attestation(s)</source>
        <translation>
            <numerusform>증명 %n개</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n other attachment(s)</source>
        <translation>
            <numerusform>그 밖의 첨부 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>provenance</source>
        <translation>출처 증명</translation>
    </message>
    <message>
        <source>policy</source>
        <translation>정책</translation>
    </message>
    <message>
        <source>AI model</source>
        <translation>AI 모델</translation>
    </message>
</context>
<context>
    <name>Tagboat::TransferCard</name>
    <message>
        <source>Cancel this transfer</source>
        <translation>이 전송 취소</translation>
    </message>
    <message>
        <source>Cancel %1</source>
        <translation>%1 취소</translation>
    </message>
    <message>
        <source>Try this transfer again</source>
        <translation>이 전송 다시 시도</translation>
    </message>
    <message>
        <source>Try %1 again</source>
        <translation>%1 다시 시도</translation>
    </message>
    <message>
        <source>Hide the layers</source>
        <translation>레이어 숨기기</translation>
    </message>
    <message>
        <source>Show the layers</source>
        <translation>레이어 보기</translation>
    </message>
    <message>
        <source>Go on with this transfer</source>
        <translation>이 전송을 이어서 합니다</translation>
    </message>
    <message>
        <source>Pause this transfer</source>
        <translation>이 전송 일시 정지</translation>
    </message>
    <message>
        <source>Resume %1</source>
        <translation>%1 이어서 하기</translation>
    </message>
    <message>
        <source>Pause %1</source>
        <translation>%1 일시 정지</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>이어서 하기</translation>
    </message>
</context>
<context>
    <name>Tagboat::Transfers</name>
    <message>
        <source>No transfers</source>
        <translation>전송 없음</translation>
    </message>
    <message numerus="yes">
        <source>%n transfer(s)</source>
        <translation>
            <numerusform>전송 %n개</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>%1 남음</translation>
    </message>
    <message numerus="yes">
        <source>%n paused</source>
        <comment>transfers</comment>
        <translation>
            <numerusform>%n개 일시 정지</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Tagboat::TransfersPage</name>
    <message>
        <source>Active %1</source>
        <translation>진행 중 %1</translation>
    </message>
    <message>
        <source>Finished %1</source>
        <translation>완료 %1</translation>
    </message>
    <message>
        <source>Failed %1</source>
        <translation>실패 %1</translation>
    </message>
    <message>
        <source>Paused %1</source>
        <translation>일시 정지 %1</translation>
    </message>
    <message>
        <source>Speed limit of all transfers together</source>
        <translation>모든 전송을 합한 속도 제한</translation>
    </message>
    <message>
        <source>Speed limit: %1</source>
        <translation>속도 제한: %1</translation>
    </message>
</context>
<context>
    <name>Tagboat::TrustCertificateDialog</name>
    <message>
        <source>Certificate of %1</source>
        <translation>%1의 인증서</translation>
    </message>
    <message>
        <source>Asking %1 for its certificate…</source>
        <translation>%1의 인증서를 가져오는 중…</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>다시 시도</translation>
    </message>
    <message>
        <source>This is the certificate that you trusted.</source>
        <translation>신뢰하기로 한 인증서입니다.</translation>
    </message>
    <message>
        <source>This certificate is trusted.</source>
        <translation>신뢰할 수 있는 인증서입니다.</translation>
    </message>
    <message>
        <source>Where a login or transfer says otherwise, it is about another server that the registry sends to. Accept only this one, and you are told when it is replaced.</source>
        <translation>로그인이나 전송에서 다르게 나오면 레지스트리가 안내하는 다른 서버의 인증서 때문입니다. 이 인증서만 허용하면 인증서가 바뀔 때 알려 드립니다.</translation>
    </message>
    <message>
        <source>This certificate is not trusted.</source>
        <translation>신뢰할 수 없는 인증서입니다.</translation>
    </message>
    <message>
        <source>Accept only this certificate for %1</source>
        <translation>%1에 이 인증서만 허용</translation>
    </message>
    <message>
        <source>Trust this certificate for %1</source>
        <translation>%1에 이 인증서를 신뢰</translation>
    </message>
    <message>
        <source>Registry</source>
        <translation>레지스트리</translation>
    </message>
    <message>
        <source>Issued to</source>
        <translation>발급 대상</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>이름</translation>
    </message>
    <message>
        <source>Issued by</source>
        <translation>발급자</translation>
    </message>
    <message>
        <source>Valid from</source>
        <translation>유효 기간 시작</translation>
    </message>
    <message>
        <source>Valid until</source>
        <translation>유효 기간 끝</translation>
    </message>
    <message>
        <source>SHA-256</source>
        <translation>SHA-256</translation>
    </message>
    <message>
        <source>Trusted so far</source>
        <translation>지금까지 신뢰한 것</translation>
    </message>
</context>
<context>
    <name>Tagboat::UndoNames</name>
    <message numerus="yes">
        <source>%n change(s) of names undone.</source>
        <translation>
            <numerusform>이름 변경 %n개를 실행 취소했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undone: the name %1 is gone again.</source>
        <translation>실행 취소함: 이름 %1이(가) 다시 없어졌습니다.</translation>
    </message>
    <message>
        <source>Undone: the name %1 is back.</source>
        <translation>실행 취소함: 이름 %1이(가) 돌아왔습니다.</translation>
    </message>
    <message>
        <source>Undone: %1 means the same image as before.</source>
        <translation>실행 취소함: %1이(가) 이전과 같은 이미지를 가리킵니다.</translation>
    </message>
    <message>
        <source>There is no change of names to undo.</source>
        <translation>실행 취소할 이름 변경이 없습니다.</translation>
    </message>
    <message>
        <source>This cannot be undone.</source>
        <translation>실행 취소할 수 없습니다.</translation>
    </message>
    <message>
        <source>The name %1 was removed.</source>
        <translation>이름 %1을(를) 제거했습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n names were removed.</source>
        <translation>
            <numerusform>이름 %n개를 제거했습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>The name %1 moved to another image.</source>
        <translation>이름 %1이(가) 다른 이미지로 옮겨졌습니다.</translation>
    </message>
    <message numerus="yes">
        <source>%n names moved to another image.</source>
        <translation>
            <numerusform>이름 %n개가 다른 이미지로 옮겨졌습니다.</numerusform>
        </translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
</context>
<context>
    <name>Tagboat::UsageLegend</name>
    <message>
        <source>%1, %2</source>
        <comment>images and tags</comment>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>%1 on disk</source>
        <translation>디스크 사용 %1</translation>
    </message>
    <message>
        <source>unique %1</source>
        <translation>고유 %1</translation>
    </message>
    <message>
        <source>shared %1 (saves %2)</source>
        <translation>공유 %1 (%2 절약)</translation>
    </message>
    <message>
        <source>reclaimable %1</source>
        <translation>정리 가능 %1</translation>
    </message>
    <message>
        <source>Unique: layers that exactly one image uses.
Shared: layers of several images, counted once.
Reclaimable: what a clean-up can free.</source>
        <translation>고유: 이미지 하나만 쓰는 레이어.
공유: 여러 이미지가 함께 쓰는 레이어로, 한 번만 셉니다.
정리 가능: 정리하면 비울 수 있는 크기.</translation>
    </message>
    <message>
        <source>unfinished downloads %1</source>
        <translation>미완료 다운로드 %1</translation>
    </message>
</context>
<context>
    <name>TransfersPage</name>
    <message>
        <source>Transfers</source>
        <translation>전송</translation>
    </message>
    <message>
        <source>Nothing has been pushed or pulled yet</source>
        <translation>아직 푸시하거나 풀한 것이 없습니다</translation>
    </message>
    <message>
        <source>Choose an image and push it to a registry, or pull one: each transfer is shown here with a bar for every layer, and stays as history.</source>
        <translation>이미지를 골라 레지스트리에 푸시하거나 이미지를 풀하십시오. 모든 전송이 레이어별 막대와 함께 여기에 표시되고 기록으로 남습니다.</translation>
    </message>
</context>
<context>
    <name>TrustCertificateDialog</name>
    <message>
        <source>Compare the fingerprint with that of the registry’s own file before you trust it. Where the file lies, this prints it: &lt;tt&gt;openssl x509 -noout -fingerprint -sha256 -in FILE&lt;/tt&gt;</source>
        <translation>신뢰하기 전에 지문을 레지스트리의 인증서 파일과 비교하십시오. 그 파일이 있는 곳에서 다음 명령이 지문을 출력합니다: &lt;tt&gt;openssl x509 -noout -fingerprint -sha256 -in FILE&lt;/tt&gt;</translation>
    </message>
</context>
</TS>
