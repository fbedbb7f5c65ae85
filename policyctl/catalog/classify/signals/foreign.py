"""Verbs of other languages, as they start a description; of Chinese, Japanese and Korean anywhere in its first sentence."""

from __future__ import annotations

from policyctl.catalog.classify.signals.words import words
from policyctl.model.catalog import Category

#: Written with blanks between words: Spanish, Portuguese, French, Italian, German, Dutch, Russian.
SPACED: dict[Category, frozenset[str]] = {
    Category.READ: words("""
        obtener obtiene obtén listar lista buscar busca consultar consulta leer lee devuelve muestra mostrar
        obter obtém procurar ler retorna exibir
        obtenir obtient récupérer récupère lister rechercher recherche lire lit affiche afficher renvoie consulter
        ottenere ottiene elencare elenca cercare cerca leggere legge restituisce
        abrufen ruft holen holt auflisten listet suchen sucht lesen liest anzeigen zeigt liefert ermittelt gibt
        ophalen haalt zoeken zoekt toont
        получить получает найти поиск список показать возвращает прочитать
    """),
    Category.WRITE: words("""
        crear crea actualizar actualiza modificar modifica enviar envía guardar guarda añadir agregar
        criar cria atualizar atualiza salvar adicionar
        créer crée ajouter ajoute modifier modifie envoyer envoie enregistrer enregistre
        creare aggiornare aggiorna inviare invia salvare salva aggiungere
        erstellen erstellt anlegen aktualisieren aktualisiert ändern ändert senden sendet speichern speichert hinzufügen schreibt
        maken maakt bijwerken verzenden opslaan
        создать создаёт создает обновить обновляет изменить отправить отправляет сохранить добавить
    """),
    Category.EXECUTE: words("""
        ejecutar ejecuta executar iniciar inicia exécuter exécute lancer lance démarrer eseguire esegue avviare
        ausführen führt starten startet uitvoeren выполнить выполняет запустить запускает
    """),
    Category.DESTRUCTIVE: words("""
        eliminar elimina borrar borra excluir exclui remover apagar supprimer supprime effacer efface
        eliminare cancellare cancella löschen löscht entfernen entfernt verwijderen verwijdert удалить удаляет очистить
    """),
    Category.FINANCIAL: words("""
        pagar paga comprar compra reembolsar payer paye acheter achète rembourser pagare acquistare
        bezahlen bezahlt kaufen kauft überweisen überweist erstatten betalen оплатить купить перевести
    """),
}

#: Written without: Chinese, Japanese, Korean.
UNSPACED: dict[Category, frozenset[str]] = {
    Category.READ: words("""
        获取 查询 搜索 检索 列出 读取 返回 查看 检查 计算 分析 查找 提取 显示 展示 统计 验证 翻译 预测 比较 解析 抓取 提供 获得 识别 推荐 浏览
        取得 検索 一覧 表示 確認 計算 조회 검색 가져 목록 읽기 반환 확인
    """),
    Category.WRITE: words("""
        创建 添加 更新 修改 写入 发送 上传 设置 生成 保存 编辑 新增 插入 移动 复制 重命名 绘制 发布 记录 提交 导入 订阅 预订
        作成 追加 変更 送信 編集 생성 추가 수정 전송 저장 변경
    """),
    Category.EXECUTE: words("执行 运行 启动 停止 调用 重启 部署 点击 导航 実行 起動 실행 시작 중지"),
    Category.DESTRUCTIVE: words("删除 清空 移除 清除 重置 销毁 卸载 注销 削除 消去 삭제 제거"),
    Category.FINANCIAL: words("支付 付款 购买 转账 退款 下单 充值 提现 交易 支払 購入 送金 返金 결제 구매 송금 환불"),
}
